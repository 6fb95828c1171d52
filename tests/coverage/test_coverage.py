"""What scenarios cover, and the scenarios that are proposed for what they do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tiercel.compiler.driver import compile_bytes
from tiercel.coverage.targets import ground_of
from tiercel.tests.cli.conftest import Run
from tiercel.tests.conftest import Golden

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLES = sorted(path for path in (ROOT / "programs").glob("*.yaml") if ".test." not in path.name)


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program and its scenarios, in the folder where commands run."""
    for name in ("shop.yaml", "shop.test.yaml"):
        shutil.copy(HERE / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("coverage.txt", ["--coverage"]),
        ("coverage.json", ["--coverage", "--format", "json"]),
        ("annotated.txt", ["--annotate"]),
        ("proposed.yaml", ["--propose"]),
    ],
)
def test_to_the_letter(cli: Run, golden: Golden, name: str, options: list[str]) -> None:
    result = cli("test", *options, "shop.test.yaml")
    assert result.exit_code == 0
    golden(HERE / name, result.stdout)


def test_a_program_without_scenarios_is_not_covered(cli: Run, shop: Path) -> None:
    (shop / "shop.test.yaml").unlink()
    result = cli("test", "--coverage", "shop.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("shop.yaml: 0.0 % covered (0 of ")
    assert cli("test", "shop.yaml").exit_code == 2


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("54.2", 0), ("54.3", 1), ("100", 1)])
def test_too_little_fails(cli: Run, least: str, code: int) -> None:
    result = cli("test", "--fail-under", least, ".")
    assert result.exit_code == code
    assert ("and it has to be" in result.stderr) is (code == 1)


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        ("- expect: {ann: {tier: maple}}", True),  # is not met
        ("- ann moves to oak", True),  # stops there
        ("- bob orders 5.00", True),  # is rejected
        ("- ann jumps", False),  # cannot be read
    ],
)
def test_a_scenario_that_fails_covers_what_it_played(cli: Run, shop: Path, step: str, counts: bool) -> None:
    sure = cli("test", "--coverage", "shop.yaml").stdout.splitlines()
    with (shop / "shop.test.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"      {step}\n")
    failed = cli("test", "--coverage", "--fail-under", "0", "shop.yaml")
    assert failed.exit_code == 1
    said = failed.stdout.splitlines()
    covered = said[next(at for at, line in enumerate(said) if " % covered (" in line) :]
    assert (covered == sure) is counts
    assert covered[0].startswith("shop.yaml: ")
    assert counts or covered[0].startswith("shop.yaml: 0.0 % covered")


@pytest.mark.parametrize(
    "options",
    [
        ["--fail-under", "101"],
        ["--fail-under", "-1"],
        ["--fail-under", "nan"],
        ["--fail-under", "1e1"],
        ["--annotate", "--format", "json"],
        ["--propose", "--format", "junit"],
    ],
)
def test_usage(cli: Run, options: list[str]) -> None:
    result = cli("test", *options, ".")
    assert (result.exit_code, result.stdout) == (2, "")


def test_what_is_proposed_is_pasted_and_covers_all(cli: Run, shop: Path) -> None:
    with (shop / "shop.test.yaml").open("a", encoding="utf-8") as stream:
        stream.write(cli("test", "--propose", "shop.yaml").stdout)
    pasted = cli("test", "--fail-under", "100", "shop.yaml")
    assert pasted.exit_code == 0, pasted.stdout + pasted.stderr
    assert cli("test", "--propose", "shop.yaml").stdout == ""


def test_a_file_that_the_shell_has_just_made_is_as_good_as_none(cli: Run, shop: Path) -> None:
    (shop / "shop.test.yaml").write_bytes(b"")
    proposed = cli("test", "--propose", "shop.yaml")
    assert proposed.exit_code == 0, proposed.stderr
    (shop / "shop.test.yaml").write_text(proposed.stdout, encoding="utf-8")
    assert cli("test", "--fail-under", "100", "shop.yaml").exit_code == 0


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_proposals_for_the_sample_programs_cover_them(cli: Run, tmp_path: Path, path: Path) -> None:
    shutil.copy(path, tmp_path)
    program = tmp_path / path.name
    (tmp_path / f"{path.stem}.test.yaml").write_text(cli("test", "--propose", program).stdout)
    covered = cli("test", "--fail-under", "100", program)
    assert covered.exit_code == 0, covered.stdout + covered.stderr


def test_the_sample_programs_are_covered_by_their_scenarios(cli: Run) -> None:
    result = cli("test", "--fail-under", "100", ROOT / "programs")
    assert result.exit_code == 0, result.stdout + result.stderr


def test_what_is_out_of_reach_does_not_count() -> None:
    compilation = compile_bytes("shop.yaml", (HERE / "shop.yaml").read_bytes())
    assert compilation.program is not None
    ground = ground_of(compilation.program)
    unreachable = {target.key for target in ground.targets if target.unreachable}
    assert unreachable == {"earn.friends.when/1/true", "earn.friends/missed"}
    assert not unreachable & {target.key for target in ground.counted}
