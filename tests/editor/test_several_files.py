"""The language server as a process: several files at once, and scenarios with the program that they are about."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from .client import Document, started
from .shop import CLEAN, DEAD, PROGRAM


def test_each_file_has_its_own_findings() -> None:
    with started() as client:
        one = Document(client, PROGRAM, "file:///shop/one.yaml")
        two = Document(client, CLEAN.replace("oak: 2", "elm: 2"), "file:///shop/two%20caf%C3%A9.yaml")
        assert one.found() == DEAD
        assert [name for name, _ in two.found()] == ["missing-key", "unknown-id"]
        # A name belongs to its file.
        edit = one.ask("rename", one.place("oak"), newName="ash")
        assert list(edit["changes"]) == [one.uri]
        one.close()
        assert client.findings(one.uri, None) == []
        assert one.ask("hover", one.place("oak")) is None
        two.change(two.place("elm: 2"), two.place("elm: 2") + 3, "oak")
        assert two.findings() == []


def test_a_file_that_is_opened_again_is_checked_again() -> None:
    with started() as client:
        document = Document(client, PROGRAM)
        assert document.found() == DEAD
        document.close()
        again = Document(client, CLEAN, document.uri)
        again.version = 1
        assert client.findings(document.uri, None) == []
        again.type("\n")
        assert again.findings() == []


def test_findings_come_in_the_order_of_versions() -> None:
    with started() as client:
        document = Document(client, "")
        for letter in PROGRAM:
            document.type(letter)
        assert document.found() == DEAD
        versions = [each["params"]["version"] for each in client.published()]
        assert versions == sorted(set(versions))
        assert versions[-1] == document.version == len(PROGRAM) + 1


def test_a_finding_leads_to_its_page() -> None:
    with started() as client:
        (found,) = Document(client, PROGRAM).findings()
        page = Path(url2pathname(urlparse(found["codeDescription"]["href"]).path))
        assert page.read_text(encoding="utf-8").startswith("# dead-clause: ")
    assert not page.exists()


SCENARIOS = """\
tiercel-test: 1
scenarios:
  - scenario: Whoever spends 300 is an Oak 🌳
    program: PROGRAM
    steps:
      - ann joins
      - ann orders 300.00
      - expect: {ann: {tier: oak, balance: 300}}
"""


def test_scenarios_are_played_with_the_program_as_it_is_in_the_editor(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(CLEAN, encoding="utf-8")
    with started() as client:
        text = SCENARIOS.replace("PROGRAM", "shop.yaml")
        scenarios = Document(client, text, (tmp_path / "shop.test.yaml").as_uri())
        assert scenarios.findings() == []
        # A slip in the file itself, and an expectation that is not met.
        scenarios.change(
            scenarios.place("balance: 300"), scenarios.place("balance: 300") + 12, "balance: 301"
        )
        assert scenarios.found() == [("failed-expectation", "301")]
        scenarios.change(scenarios.place("ann joins"), scenarios.place("ann joins") + 9, "ann jions")
        assert ("bad-step", "jions") in scenarios.found()
        scenarios.change(scenarios.place("ann jions"), scenarios.place("ann jions") + 9, "ann joins")
        scenarios.change(
            scenarios.place("balance: 301"), scenarios.place("balance: 301") + 12, "balance: 300"
        )
        assert scenarios.findings() == []
        # The program in the editor counts, saved or not; whenever it is changed, its scenarios are played again.
        seen = len(client.notifications)
        program = Document(
            client, CLEAN.replace("spend >= 300", "spend >= 301"), (tmp_path / "shop.yaml").as_uri()
        )
        program.findings()
        (found,) = client.next_findings(scenarios.uri, seen)
        assert (found["code"], scenarios.written(found["range"])) == ("failed-expectation", "oak")
        # Once it is closed, what is on disk counts.
        seen = len(client.notifications)
        program.close()
        assert client.next_findings(scenarios.uri, seen) == []
        program = Document(client, "# a program no more\n", program.uri)
        program.type(CLEAN.replace("spend >= 300", "spend >= 301"))
        seen = len(client.notifications)
        (found,) = client.next_findings(scenarios.uri, seen)
        seen = len(client.notifications)
        program.change(0, len(program.text), "- 1\n")
        assert client.next_findings(scenarios.uri, seen) == []
        program.change(0, len(program.text), CLEAN.replace("spend >= 300", "spend >= 301"))
        seen = len(client.notifications)
        (found,) = client.next_findings(scenarios.uri, seen)
        scenarios.apply(scenarios.about("formatting", options={"tabSize": 4, "insertSpaces": True}))
        assert scenarios.found() == [("failed-expectation", "oak")]


def test_scenarios_of_a_program_with_errors_are_not_played(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("tiercel: 1\n", encoding="utf-8")
    with started() as client:
        scenarios = Document(
            client, SCENARIOS.replace("PROGRAM", "shop.yaml"), (tmp_path / "shop.test.yaml").as_uri()
        )
        (found,) = scenarios.findings()
        assert found["code"] == "not-played"
        assert "has errors" in found["message"]
        scenarios.close()
        gone = Document(
            client, SCENARIOS.replace("PROGRAM", "gone.yaml"), (tmp_path / "gone.test.yaml").as_uri()
        )
        assert [name for name, _ in gone.found()] == ["bad-value"]
