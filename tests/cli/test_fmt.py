"""`tiercel fmt`."""

from __future__ import annotations

import os
import stat
import threading
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


def test_a_file_given_in_several_spellings_is_one(cli: Run, shop: Path) -> None:
    result = cli("fmt", "--check", "shop.yaml", "./shop.yaml", shop, ".")
    assert (result.exit_code, result.stdout) == (1, "shop.yaml\n")
    assert result.stderr == "1 file would be formatted\n"


def test_a_link_stays_one_and_what_it_leads_to_is_written(cli: Run, shop: Path) -> None:
    Path("link.yaml").symlink_to("shop.yaml")
    assert cli("fmt", "link.yaml").exit_code == 0
    assert Path("link.yaml").is_symlink()
    assert shop.read_text(encoding="utf-8") == TIDY


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_who_may_read_a_file_stays(cli: Run, shop: Path) -> None:
    shop.chmod(0o640)
    assert cli("fmt", "shop.yaml").exit_code == 0
    assert stat.S_IMODE(shop.stat().st_mode) == 0o640


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dangling.yaml", "cannot read `dangling.yaml`: no such file or directory"),
        ("empty", "no program below `empty`"),
    ],
)
def test_what_is_no_file_is_said_and_the_rest_is_done(cli: Run, name: str, reason: str) -> None:
    Path("dangling.yaml").symlink_to("none.yaml")
    Path("empty").mkdir()
    result = cli("fmt", name, "shop.yaml")
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stderr.endswith("1 file formatted\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("command", [("fmt",), ("check", "--fix")], ids=" ".join)
def test_a_pipe_is_no_file_to_write(cli: Run, command: tuple[str, ...]) -> None:
    os.mkfifo("pipe.yaml")
    mistaken = MESSY.replace("activity", "activty")
    feeding = threading.Thread(target=Path("pipe.yaml").write_text, args=(mistaken,), daemon=True)
    feeding.start()
    result = cli(*command, "pipe.yaml")
    feeding.join(timeout=10)
    assert result.exit_code == 2
    assert "cannot write `pipe.yaml`: it is no regular file; give it as standard input (-)" in result.stderr


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (MESSY.encode("utf-16"), "encoding"),
        (b"tiercel: 1\nprogram: {name: \xff}\n", "encoding"),
        (b"a: &a [x]\nb: *a\n", "yaml-feature"),
        (b"a: !!python/object:os.system x\n", "yaml-feature"),
        (b"tiercel: 1\n\tprogram: 2\n", "yaml-syntax"),
        (b"[" * 5000, "yaml-syntax"),
        (b"a: 1\na: 2\n", "duplicate-key"),
    ],
)
@pytest.mark.parametrize("mode", [(), ("--check",), ("--diff",)], ids=str)
def test_hostile_files_are_left_as_they_are(
    cli: Run, shop: Path, content: bytes, name: str, mode: tuple[str, ...]
) -> None:
    shop.write_bytes(content)
    result = cli("fmt", *mode, "shop.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"[{name}]" in result.stderr
    assert result.stderr.endswith("1 file with errors\n")
    assert shop.read_bytes() == content
    assert os.listdir() == ["shop.yaml"]


def test_standard_input_with_each_option(cli: Run) -> None:
    shown = cli("fmt", "--diff", "-", input=MESSY)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("--- a/<stdin>\n+++ b/<stdin>\n@@ ")
    for option in "--check", "--diff":
        assert (cli("fmt", option, "-", input=TIDY).stdout) == ""
        broken = cli("fmt", option, "-", input=BROKEN)
        assert (broken.exit_code, broken.stdout) == (1, "")
        assert "[yaml-syntax]" in broken.stderr
    twice = cli("fmt", "-", "-", input=MESSY)
    assert (twice.exit_code, twice.stdout) == (0, TIDY)


def test_comments_alone_and_nothing_at_all_are_kept(cli: Run, shop: Path) -> None:
    for content in "", "\n", "# to be written\n", "  # to be written\n\n# soon\n":
        shop.write_text(content, encoding="utf-8")
        assert cli("fmt", "shop.yaml").exit_code in (0, 1)
        assert shop.read_text(encoding="utf-8").split() == content.split()
