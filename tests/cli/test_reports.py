"""`tiercel check --format`: one document on standard output, whatever else there is to say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tiercel.cli.reports import name_in_repository
from tiercel.compiler.report import FORMATS
from tiercel.tests.cli.conftest import MAPLE, Run
from tiercel.tests.report.test_documents import SARIF

BROKEN = MAPLE.replace("spend >= 100", "spendd >= 100")
PROGRAMS = Path(__file__).parents[2] / "programs"


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def paths_in(layout: str, text: str) -> list[str]:
    """The files that a document names, once each."""
    if layout == "junit":
        return [str(suite.get("name")) for suite in ElementTree.fromstring(text)]
    if layout == "github":
        found = [line.split("file=")[1].split(",")[0] for line in text.splitlines()]
    elif layout == "gitlab":
        found = [entry["location"]["path"] for entry in json.loads(text)]
    elif layout == "sarif":
        SARIF.validate(json.loads(text))
        found = [each["location"]["uri"] for each in json.loads(text)["runs"][0]["artifacts"]]
    else:
        found = json.loads(text)["files"]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("layout", FORMATS)
def test_several_files_are_one_document(cli: Run, tmp_path: Path, layout: str) -> None:
    for name in ("b.yaml", "a.yaml", "c/d.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BROKEN)
    result = cli("check", "--format", layout, "--statistics", "c", "b.yaml", "a.yaml", "./a.yaml")
    assert result.exit_code == 1
    assert paths_in(layout, result.stdout) == ["a.yaml", "b.yaml", "c/d.yml"]
    assert (
        cli("check", "--format", layout, "--statistics", "c", "b.yaml", "a.yaml", "./a.yaml").stdout
        == result.stdout
    )


@pytest.mark.parametrize("layout", FORMATS)
def test_all_programs_with_mistakes(cli: Run, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    monkeypatch.chdir(PROGRAMS.parent)
    result = cli("check", "--format", layout, "programs")
    assert result.exit_code == 1
    assert len(paths_in(layout, result.stdout)) > 10


@pytest.mark.parametrize("layout", FORMATS)
def test_what_cannot_be_read_is_said_and_leaves_a_document(cli: Run, maple: Path, layout: str) -> None:
    result = cli("check", "--format", layout, maple.name, "missing.yaml", "missing/")
    assert result.exit_code == 2
    assert "Error: cannot read `missing.yaml`: no such file or directory\n" in result.stderr
    if layout in ("json", "sarif", "junit"):
        assert "maple.yaml" in paths_in(layout, result.stdout)
    else:
        assert result.stdout == ("[]\n" if layout == "gitlab" else result.stdout)
    if layout != "gitlab" and layout != "json":
        assert "missing.yaml" in result.stdout


@pytest.mark.parametrize("layout", FORMATS)
@pytest.mark.parametrize(
    "argument", ["*.yaml", "programs/**/*.yml", "[ab].yaml", "?.yaml", "none.yaml", "empty"]
)
def test_what_stands_for_no_file_is_an_error(cli: Run, tmp_path: Path, layout: str, argument: str) -> None:
    (tmp_path / "empty").mkdir()
    result = cli("check", "--format", layout, argument)
    assert result.exit_code == 2
    assert argument in result.stderr
    assert layout == "github" or result.stdout.endswith(("\n", "]"))


def test_a_pattern_that_nothing_matches_is_called_one(cli: Run, tmp_path: Path) -> None:
    assert "no file matches `*.yaml`" in cli("check", "*.yaml").stderr
    (tmp_path / "[a].yaml").write_text(MAPLE)
    assert cli("check", "[a].yaml").exit_code == 0


def test_names_are_those_in_the_repository(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shops" / "here"
    folder.mkdir(parents=True)
    (folder / "a b.yaml").write_text(BROKEN)

    def names() -> list[str]:
        return [
            each["location"]["path"]
            for argument in ("a b.yaml", "./a b.yaml", "../here/a b.yaml", str(folder / "a b.yaml"))
            for each in json.loads(cli("check", "--format", "gitlab", argument).stdout)
        ]

    monkeypatch.chdir(folder)
    assert names() == ["a b.yaml"] * 4
    (tmp_path / ".git").mkdir()
    assert names() == ["shops/here/a b.yaml"] * 4
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "shops"))
    assert names() == ["here/a b.yaml"] * 4
    # A server's folder that is not around the current one says nothing about it.
    monkeypatch.setenv("GITHUB_WORKSPACE", "/nowhere")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "shops"))
    assert names() == ["here/a b.yaml"] * 4


def test_fingerprints_do_not_depend_on_how_a_file_is_named(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BROKEN)
    spelled = {
        cli("check", "--format", "sarif", name).stdout for name in ("a.yaml", "./a.yaml", tmp_path / "a.yaml")
    }
    assert len(spelled) == 1


def test_files_outside_of_the_repository(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text(BROKEN)
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert paths_in("sarif", cli("check", "--format", "sarif", "../a.yaml").stdout) == [
        (tmp_path / "a.yaml").as_uri()
    ]
    assert name_in_repository("<stdin>", os.sep) == "<stdin>"


def test_a_job_has_a_summary(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a|b.yaml").write_text(BROKEN)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for layout in ("text", "json", "sarif", "gitlab", "junit"):
        cli("check", "--format", layout, "a|b.yaml")
    assert summary.read_text() == "before\n"
    cli("check", "--format", "github", "a|b.yaml")
    assert summary.read_text().startswith("before\n### Tiercel\n\n1 error in 1 file.\n")
    assert "| ❌ | `a\\|b.yaml:9` | " in summary.read_text()


def test_a_summary_that_cannot_be_written(cli: Run, maple: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(maple.parent))
    result = cli("check", "--format", "github", maple)
    assert result.exit_code == 2
    assert "cannot write the summary" in result.stderr


def test_documents_are_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    (tmp_path / "é🎁.yaml").write_text(BROKEN, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tiercel", "check", "--format", "github", "é🎁.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "file=é🎁.yaml," in ran.stdout.decode("utf-8")


@pytest.mark.parametrize("layout", FORMATS)
def test_documents_are_made_of_what_they_need(layout: str, maple: Path) -> None:
    code = (
        "import sys; from tiercel.cli.group import tiercel\n"
        "try: tiercel.main(sys.argv[1:])\n"
        "finally: print(sorted(m for m in sys.modules if m.startswith('tiercel.compiler.report.')"
        " or m in ('hashlib', 'xml.etree.ElementTree')), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "check", "--format", layout, str(maple)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = ran.stderr.splitlines()[-1]
    assert f"'tiercel.compiler.report.{layout}'" in loaded
    assert not [
        other for other in FORMATS if other != layout and f"'tiercel.compiler.report.{other}'" in loaded
    ]
    assert ("xml.etree.ElementTree" in loaded) == (layout == "junit")


def test_text_is_made_without_the_other_formats() -> None:
    code = "import sys; from tiercel.cli import check; print([m for m in sys.modules if 'findings' in m or m == 'hashlib'])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_other_yaml_is_skipped_when_asked(cli: Run, tmp_path: Path, maple: Path) -> None:
    (tmp_path / "other.yaml").write_text("on: [push]\njobs: {tiercel: 1}\n")
    (tmp_path / "broken.yaml").write_text("tiercel: 1\nprogram: [\n")
    assert cli("check", "other.yaml").exit_code == 1
    assert cli("check", "--programs-only", "other.yaml").exit_code == 0
    result = cli("check", "--programs-only", "--format", "json", "other.yaml", "broken.yaml", maple.name)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["files"] == ["broken.yaml", "maple.yaml"]
    # What is not there is no other YAML.
    assert cli("check", "--programs-only", "missing.yaml").exit_code == 2
    assert cli("check", "--programs-only", "-", input="a: 1\n").exit_code == 1


def test_the_schema_refuses_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        SARIF.validate({"version": "2.1.0", "runs": [{"tool": {}}]})
