"""Every proposal, written, read and played as a file, shows what it was made for and exactly what it claims to show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.layout.from_bytes import lay_out
from tiercel.coverage.propose.proposals import Proposals, propose
from tiercel.coverage.propose.stage import Setting
from tiercel.coverage.propose.written import HEADER, scenarios
from tiercel.coverage.targets import ground_of
from tiercel.coverage.watching import Watching
from tiercel.scenarios.outcomes import Played
from tiercel.scenarios.running import Versions, run_file
from tiercel.scenarios.versions import Version, version_of
from tiercel.tests.cli.conftest import Run
from tiercel.tests.properties.cases import budget
from tiercel.tests.properties.strategies import Declared, programs
from tiercel.tests.properties.yaml_text import yaml_text

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "programs").glob("*.yaml") if ".test." not in path.name)


class Apart:
    """Watches each scenario on its own: what it shows, in the order of the file."""

    def __init__(self) -> None:
        self.shown: list[frozenset[str]] = []

    def __call__(self, played: Played, versions: Mapping[str, Version]) -> None:
        watching = Watching({})
        watching(played, versions)
        self.shown.append(watching.seen.of(played.scenario.program))


def setting_of(program: Path) -> Setting | None:
    version = version_of(compile_bytes(program.name, program.read_bytes()))
    return None if version is None else Setting(version.model, version.program, ground_of(version.model))


def check_claims(program: Path) -> Proposals | None:
    """Play what is proposed for all of a program; none where the program has errors."""
    setting = setting_of(program)
    if setting is None:
        return None
    made = propose(setting, list(setting.ground.counted))
    if not made.made:
        return made
    text = "".join(f"{line}\n" for line in [*HEADER, *scenarios(setting, made, ())])
    assert not lay_out("shop.test.yaml", text.encode()).edits
    apart = Apart()
    result = run_file(str(program.with_suffix(".test.yaml")), text.encode(), Versions(), watch=apart)
    assert not result.errors, f"{result.errors}\n{text}"
    assert [one.title for one in result.results if one.outcome != "passed"] == [], text
    for proposal, shown in zip(made.made, apart.shown, strict=True):
        assert proposal.target.key in shown
        assert proposal.shows == shown, f"{proposal.target.says}: {proposal.shows ^ shown}\n{text}"
    return made


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_proposals_for_the_sample_programs_show_what_they_claim(path: Path) -> None:
    made = check_claims(path)
    assert made is not None
    assert made.without == ()


@given(programs())
@budget(0.2)
def test_proposals_show_what_they_claim(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> None:
    program = tmp_path_factory.mktemp("proposed") / "shop.yaml"
    program.write_text(yaml_text(declared), encoding="utf-8")
    made = check_claims(program)
    setting = setting_of(program)
    assert (made is None) is (setting is None)
    if made and setting:
        again = propose(setting, [one.target for one in made.without])
        assert again.without == made.without  # and for the same reasons, whatever else was asked for


def test_processes_see_together_what_one_sees(cli: Run) -> None:
    one, two = (
        cli("test", "--coverage", "--format", "json", "--jobs", jobs, ROOT / "programs") for jobs in "12"
    )
    assert one.stdout == two.stdout
    assert (one.exit_code, two.exit_code) == (0, 0)
