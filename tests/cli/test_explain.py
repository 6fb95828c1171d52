"""`tiercel explain`."""

from __future__ import annotations

from tiercel.cli.catalog import all_names
from tiercel.tests.cli.conftest import Run


def test_a_lint_and_an_error(cli: Run) -> None:
    for name in ("double-earning", "unknown-key"):
        result = cli("explain", name)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"{name}\n\n")
        assert "## Bad" in result.stdout
        assert "## Good" in result.stdout


def test_every_name_has_a_line_and_a_page(cli: Run) -> None:
    lines = cli("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == all_names()
    assert all(line.endswith(".") for line in lines)
    for name in all_names():
        assert cli("explain", name).exit_code == 0


def test_an_unknown_name(cli: Run) -> None:
    result = cli("explain", "double-earnings")
    assert result.exit_code == 2
    assert "no diagnostic is called `double-earnings`; did you mean `double-earning`?" in result.stderr
