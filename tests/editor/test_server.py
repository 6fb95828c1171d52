"""The language server as a process: what editors differ in, what no editor should send, and several files at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest

from .client import CAPABILITIES, PATIENCE, Client, Document, ServerError, started

PROGRAM = """\
tiercel: 1
program: {name: "Tea 🌳 Shop", currency: CAD}
vip:
  tiers:
    - {id: seed, name: Seed}
    - {id: oak, name: "🌳 Oak", when: spend >= 300 and spend >= 100}
earn:
  - {id: orders, activity: order, points: {seed: 1, oak: 2}, per: 1.00}
"""
CLEAN = PROGRAM.replace(" and spend >= 100", "")
DEAD = [("dead-clause", "spend >= 100")]


@pytest.fixture(scope="module")
def running() -> Iterator[Client]:
    """One server for one text after the other."""
    with started() as client:
        yield client


# --- what editors differ in -----------------------------------------------------------------------------------


def test_what_the_server_can_do_is_said_at_the_start() -> None:
    with started() as client:
        can = client.initialized["capabilities"]
        assert can["textDocumentSync"]["change"] == 2  # changes, rather than whole texts
        assert can["renameProvider"] == {"prepareProvider": True}
        assert can["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.tiercel"]
        assert client.initialized["serverInfo"]["name"] == "tiercel"


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [
        (["utf-8", "utf-16", "utf-32"], "utf-8", 29),
        (["utf-32", "utf-16"], "utf-32", 26),
        (["utf-16"], "utf-16", 27),
        ([], "utf-16", 27),
        (None, "utf-16", 27),
    ],
)
def test_columns_are_counted_as_agreed(offered: list[str] | None, chosen: str, column: int) -> None:
    capabilities = {"general": {"positionEncodings": offered}} if offered is not None else {}
    with started(capabilities) as client:
        assert client.initialized["capabilities"]["positionEncoding"] == chosen
        document = Document(client, PROGRAM)
        (found,) = document.findings()
        start = found["range"]["start"]
        assert (start["line"], start["character"]) == (
            5,
            PROGRAM.splitlines()[5].index("spend >= 100") + column - 26,
        )
        said = client.request(
            "textDocument/hover",
            textDocument={"uri": document.uri},
            position={"line": 5, "character": start["character"]},
        )
        assert said["range"]["start"] == start


def test_an_editor_that_knows_little() -> None:
    with started({}) as client:
        document = Document(client, PROGRAM)
        (found,) = document.findings()
        # Related places and pages have no fields in it: what they say is in the message.
        assert "relatedInformation" not in found
        assert "line 6: this decides it" in found["message"]
        document.type("x: ")
        fresh = Document(client, "", "file:///shop/new.yaml")
        snippet = fresh.offered()["a new program"]
        assert snippet["insertTextFormat"] == 1
        assert "$" not in snippet["textEdit"]["newText"]


def test_an_editor_that_names_versions_gets_changes_of_that_version() -> None:
    with started({**CAPABILITIES, "workspace": {"workspaceEdit": {"documentChanges": True}}}) as client:
        document = Document(client, PROGRAM)
        document.type("# the end\n")
        edit = document.ask("rename", document.place("oak"), newName="elm")
        (change,) = edit["documentChanges"]
        assert change["textDocument"] == {"uri": document.uri, "version": 2}
        assert [each["newText"] for each in change["edits"]] == ["elm", "elm"]


def test_all_fixes_are_worked_out_once_they_are_chosen_where_the_editor_can_wait() -> None:
    later = {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}
    document = {
        **CAPABILITIES["textDocument"],
        "codeAction": {**CAPABILITIES["textDocument"]["codeAction"], **later},
    }
    with started({**CAPABILITIES, "textDocument": document}) as client:
        text = Document(client, PROGRAM.replace("currency", "curency"))
        assert text.actions(0, 0)["make every safe fix"].get("edit") is None
        (offered,) = text.actions(0, 0, "source").values()
        assert "edit" not in offered
        text.change(0, 0, "# before everything\n")  # it is the text of then that is fixed
        text.do(client.request("codeAction/resolve", **offered))
        assert text.text == "# before everything\n" + PROGRAM
        assert text.actions(0, 0) == {}
        # One that needs nothing more stays as it is; of a text that is closed, nothing is known.
        at = text.place("spend >= 100")
        whole = text.actions(at, at)["delete `spend >= 100` (unsafe)"]
        assert client.request("codeAction/resolve", **whole) == whole
        text.close()
        assert client.request("codeAction/resolve", **offered).get("edit") is None


def test_a_whole_text_can_be_sent_as_a_change() -> None:
    with started() as client:
        document = Document(client, PROGRAM)
        changes = [{"text": "tiercel: 2\n"}, {"text": CLEAN}]
        document.text, document.version = CLEAN, 2
        version = {"uri": document.uri, "version": 2}
        client.notify("textDocument/didChange", textDocument=version, contentChanges=changes)
        assert document.findings() == []


def test_several_changes_at_once_are_made_one_after_the_other() -> None:
    with started() as client:
        document = Document(client, "")
        here = {"line": 0, "character": 0}
        document.text, document.version = PROGRAM, 2
        changes = [
            {"range": {"start": here, "end": here}, "text": line}
            for line in reversed(PROGRAM.splitlines(True))
        ]
        version = {"uri": document.uri, "version": 2}
        client.notify("textDocument/didChange", textDocument=version, contentChanges=changes)
        assert document.found() == DEAD


# --- texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_are_kept(line_end: str) -> None:
    with started() as client:
        document = Document(client, PROGRAM.replace("\n", line_end))
        document.line_end = line_end
        assert document.found() == DEAD
        at = document.place("spend >= 100")
        document.do(document.actions(at, at)["allow `dead-clause` here: say why"])
        assert "\n" not in document.text.replace(line_end, "")
        assert document.text.count(line_end) == PROGRAM.count("\n") + 1
        document.do(document.ask("rename", document.place("oak"), newName="elm"))
        assert [name for name, _ in document.found()] == ["bad-allow", "dead-clause"]
        document.apply(document.about("formatting", options={"tabSize": 4, "insertSpaces": True}))
        assert "\n" not in document.text.replace(line_end, "")
        assert [name for name, _ in document.found()] == ["bad-allow", "dead-clause"]


def test_a_byte_order_mark_counts_as_a_column() -> None:
    with started() as client:
        document = Document(client, "\ufeff" + PROGRAM.replace("tiercel: 1", "tiercel: 3"))
        (found,) = document.findings()
        assert (found["range"]["start"], document.written(found["range"])) == (
            {"line": 0, "character": 10},
            "3",
        )


@pytest.mark.parametrize(
    "text",
    [
        "tiercel: 1\n" + "[" * 100_000,
        "tiercel: 1\na: " + "{a: " * 5_000,
        "tiercel: 1\nprogram:\n" + "".join(" " * n + "a:\n" for n in range(2_000)),
        "tiercel: 1\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b, *a]\n",
        "tiercel: 1\n\0\0\x07\x1b[31m",
        "tiercel: 1\nprogram: {name: '\ud83c', currency: \udfff}\n",
        "tiercel: 1\n" + "x" * 2_000_000,
        "tiercel: !!python/object/apply:os.system ['true']\n",
        "tiercel: 1\nvip: {tiers: [{id: a, when: '" + "(" * 3_000 + "'}]}\n",
        "tiercel: 1\nearn: {{: - ? !&*|>%@`\n\t- \u2028\x85",
        "{tiercel: 1}\n---\n{tiercel: 1}\n...\n",
    ],
    ids=[
        "brackets",
        "braces",
        "deep",
        "aliases",
        "control",
        "surrogates",
        "huge",
        "tag",
        "condition",
        "noise",
        "many",
    ],
)
def test_a_hostile_text_gets_findings_and_the_server_goes_on(text: str, running: Client) -> None:
    hostile = Document(running, text, "file:///shop/hostile.yaml")
    assert any(found["severity"] == 1 for found in hostile.findings())
    # Every question has an answer, though it may be that there is nothing.
    for line, character in ((0, 3), (1, 8), (10**6, 10**6)):
        place = at(hostile.uri, line, character)
        for method in ("hover", "completion", "definition", "documentHighlight", "prepareRename"):
            running.request(f"textDocument/{method}", **place)
        stretch = {"start": place["position"], "end": place["position"]}
        hostile.about("codeAction", range=stretch, context={"diagnostics": []})
    hostile.about("documentSymbol")
    hostile.about("formatting", options={"tabSize": 4, "insertSpaces": True})
    hostile.close()
    plain = Document(running, PROGRAM, "file:///shop/plain.yaml")
    assert plain.found() == DEAD
    plain.close()
    running.notifications.clear()
    assert running.errors == []


def test_other_yaml_files_are_left_alone() -> None:
    with started() as client:
        other = Document(client, "program:\n  name: web\ncustomer: {image: [}\n", "file:///shop/compose.yaml")
        stretch = {"start": other.position(0), "end": other.position(30)}
        assert other.about("documentSymbol") is None
        assert other.about("codeAction", range=stretch, context={"diagnostics": []}) is None
        assert other.about("formatting", options={"tabSize": 4, "insertSpaces": True}) is None
        for method in ("hover", "definition", "completion", "documentHighlight", "prepareRename"):
            assert other.ask(method, other.place("name")) is None
        Document(client, PROGRAM).findings()
        assert other.uri not in [each["params"]["uri"] for each in client.published()]
        other.change(0, 0, "tiercel: 1\n")
        assert other.findings() != []
        other.change(0, len(other.text), "program: {}\n")
        assert other.findings() == []  # it is a program no more


# --- several files --------------------------------------------------------------------------------------------


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


# --- what no editor should send -------------------------------------------------------------------------------


def refusal(client: Client, method: str, **params: Any) -> str:
    """Why the server refuses a request."""
    with pytest.raises(ServerError) as refused:
        client.request(method, **params)
    return str(refused.value)


def test_what_cannot_be_understood_is_refused_and_the_server_goes_on() -> None:
    with started() as client:
        assert refusal(client, "shop/open") == "Method Not Found: shop/open"
        assert refusal(client, "textDocument/implementation", **at("file:///x", 0, 0)).startswith(
            "Method Not Found"
        )
        assert refusal(client, "textDocument/hover") == "Invalid Params"
        assert (
            refusal(client, "textDocument/rename", textDocument=7, position=[], newName={})
            == "Invalid Params"
        )
        assert client.request("textDocument/hover", **at("file:///never/opened.yaml", 0, 0)) is None
        for method in ("$/unheard", "textDocument/didChange", "textDocument/didClose"):
            client.notify(
                method, textDocument={"uri": "file:///never/opened.yaml", "version": 1}, contentChanges=[]
            )
        client.notify("textDocument/didOpen", textDocument={})
        client.notify("$/cancelRequest", id=12345)
        for body in (b"[1, 2]", b'"text"', b"{", b"\xff\xfe", b'{"jsonrpc": "2.0", "id": 99, "result": 1}'):
            client.send_bytes(body)
        assert Document(client, PROGRAM).found() == DEAD


def at(uri: str, line: int, character: int) -> dict[str, Any]:
    """The parameters that ask about a place."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def test_a_question_can_be_called_back() -> None:
    with started() as client:
        document = Document(client, PROGRAM)
        client.send({"id": "first", "method": "textDocument/hover", "params": at(document.uri, 5, 11)})
        client.notify("$/cancelRequest", id="first")
        assert document.found() == DEAD


# --- the end --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [True, False])
def test_an_editor_that_goes_without_a_word_ends_the_server(asked: bool) -> None:
    client = Client(CAPABILITIES)
    Document(client, PROGRAM)
    if asked:
        client.send({"method": "exit"})
    client.process.stdin.close()  # type: ignore[union-attr]
    assert client.process.wait(PATIENCE) == 1


# --- scenarios ------------------------------------------------------------------------------------------------

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
