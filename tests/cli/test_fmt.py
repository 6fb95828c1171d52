"""`tiercel fmt`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tiercel.cli.programs import SCENARIOS
from tiercel.tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
OWN = [ROOT / "cli" / "starter.yaml", *sorted((ROOT / "programs").glob("*.yaml"))]

MESSY = """\
# Our program
program: {timezone: "America/Toronto", name: Maple, currency: CAD}
tiercel: 1
earn:
- per: 1
  points:   2.50   # as in the shop
  activity: 'order'
  id: everyday
  when: "(order.total>=10   and spend<500)"
"""
TIDY = """\
# Our program
tiercel: 1

program:
  name: Maple
  currency: CAD
  timezone: America/Toronto

earn:
  - id: everyday
    activity: order
    points: 2.5  # as in the shop
    per: 1.00
    when: (order.total >= 10 and spend < 500)
"""
BROKEN = "tiercel: 1\nprogram: [\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shop.yaml"
    path.write_text(MESSY, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.name))
def test_our_own_files_are_in_canonical_layout(cli: Run, path: Path) -> None:
    result = cli("fmt", "--diff", path)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_file_is_written(cli: Run, shop: Path) -> None:
    result = cli("fmt", "shop.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "formatted shop.yaml\n1 file formatted\n"
    assert shop.read_text(encoding="utf-8") == TIDY


def test_a_file_in_canonical_layout_is_not_touched(cli: Run, shop: Path) -> None:
    shop.write_text(TIDY, encoding="utf-8")
    before = os.stat(shop)
    result = cli("fmt", "shop.yaml")
    assert (result.exit_code, result.stderr) == (0, "1 file in canonical layout\n")
    after = os.stat(shop)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_check_names_files_and_writes_none(cli: Run, shop: Path) -> None:
    Path("tidy.yaml").write_text(TIDY, encoding="utf-8")
    result = cli("fmt", "--check", "shop.yaml", "tidy.yaml")
    assert (result.exit_code, result.stdout) == (1, "shop.yaml\n")
    assert result.stderr == "1 file would be formatted, 1 file in canonical layout\n"
    assert shop.read_text(encoding="utf-8") == MESSY
    assert cli("fmt", "--check", "tidy.yaml").exit_code == 0


def test_diff_shows_what_would_change(cli: Run, shop: Path) -> None:
    shop.write_text(TIDY.rstrip("\n"), encoding="utf-8")
    result = cli("fmt", "--diff", "shop.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/shop.yaml\n+++ b/shop.yaml\n@@ ")
    assert "\n-    when: (order" in result.stdout
    assert "\n+    when: (order" in result.stdout
    assert "\\ No newline at end of file\n" in result.stdout
    assert not shop.read_text(encoding="utf-8").endswith("\n")


def test_standard_input_goes_to_standard_output(cli: Run) -> None:
    assert cli("fmt", "-", input=MESSY).stdout == TIDY
    assert cli("fmt", "-", input=TIDY).stdout == TIDY
    checked = cli("fmt", "--check", "-", input=MESSY)
    assert (checked.exit_code, checked.stdout) == (1, "<stdin>\n")
    broken = cli("fmt", "-", input=BROKEN)
    assert (broken.exit_code, broken.stdout) == (1, "")


def test_marks_and_line_ends_stay(cli: Run, shop: Path) -> None:
    shop.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    assert cli("fmt", "shop.yaml").exit_code == 0
    assert shop.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()


def test_errors_in_yaml_leave_a_file_as_it_is(cli: Run, shop: Path) -> None:
    Path("broken.yaml").write_text(BROKEN, encoding="utf-8")
    result = cli("fmt", "broken.yaml", "shop.yaml")
    assert result.exit_code == 1
    assert "broken.yaml:" in result.stderr
    assert "[yaml-syntax]" in result.stderr
    assert result.stderr.endswith("1 file formatted, 1 file with errors\n")
    assert Path("broken.yaml").read_text(encoding="utf-8") == BROKEN
    assert shop.read_text(encoding="utf-8") == TIDY


def test_mistakes_that_are_no_yaml_errors_are_laid_out(cli: Run, shop: Path) -> None:
    shop.write_text(MESSY.replace("spend<500", "spendd<500").replace("earn:", "earns:"), encoding="utf-8")
    assert cli("fmt", "shop.yaml").exit_code == 0
    assert "spendd" in shop.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_formatted(cli: Run, shop: Path) -> None:
    result = cli("fmt", "none.yaml", "shop.yaml")
    assert result.exit_code == 2
    assert "cannot read `none.yaml`: no such file or directory" in result.stderr
    assert shop.read_text(encoding="utf-8") == TIDY


@pytest.mark.usefixtures("shop")
def test_a_folder_stands_for_its_programs_and_scenarios(cli: Run) -> None:
    for suffix in SCENARIOS:
        Path(f"shop{suffix}").write_text("tiercel-test: 1\nscenarios: []\n", encoding="utf-8")
    Path("other.yaml").write_text("a:    1\n", encoding="utf-8")
    result = cli("fmt", "--check", ".")
    assert result.stdout.split() == ["shop.test.yaml", "shop.test.yml", "shop.yaml"]


def test_programs_only_leaves_other_files_alone(cli: Run, shop: Path) -> None:
    Path("other.yaml").write_text("a:    1\n", encoding="utf-8")
    result = cli("fmt", "--programs-only", "other.yaml", "shop.yaml")
    assert (result.exit_code, result.stderr) == (0, "formatted shop.yaml\n1 file formatted\n")
    assert shop.read_text(encoding="utf-8") == TIDY
    alone = cli("fmt", "--programs-only", "other.yaml")
    assert (alone.exit_code, alone.output) == (0, "")
    assert Path("other.yaml").read_text(encoding="utf-8") == "a:    1\n"


@pytest.mark.usefixtures("shop")
def test_no_file_is_a_usage_error(cli: Run) -> None:
    assert cli("fmt").exit_code == 2
    assert cli("fmt", "no*.yaml").exit_code == 2
