"""`tiercel show`: `show/NAME.yaml` in words is `show/NAME.out`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

CASES = sorted((Path(__file__).parent / "show").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(cli: Run, golden, path: Path) -> None:
    result = cli("show", path)
    assert (result.exit_code, result.stderr) == (0, "")
    golden(path.with_suffix(".out"), result.stdout)


def test_a_broken_program(cli: Run) -> None:
    result = cli("show", "-", input=MAPLE.replace("spend", "spendd"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-name]" in result.stderr


def test_stating_a_default_moves_it_out_of_the_defaults(cli: Run) -> None:
    said = cli("show", "-", input=MAPLE).stdout
    assert "earn[everyday].round" in said
    stated = cli("show", "-", input=MAPLE.replace("per: 1.00}", "per: 1.00, round: nearest}")).stdout
    assert stated == "".join(
        line for line in said.splitlines(keepends=True) if "earn[everyday].round " not in line
    )
