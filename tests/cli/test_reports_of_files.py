"""`tiercel check --format` on files of all sorts, to the letter: clean, broken, allowed, held, missing, oddly named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tiercel import __version__
from tiercel.compiler.report import FORMATS
from tiercel.tests.cli.conftest import Run
from tiercel.tests.report.test_documents import SARIF, commands_of

Golden = Callable[[Path, str], None]

HERE = Path(__file__).parent / "reports"
ENDINGS = {"text": "txt", "sarif": "sarif", "github": "txt", "junit": "xml"}
# Spaces, other scripts, and what one format or another has to escape.
NAMES = {
    "50% off, a:b ☕ & <c>.yaml": "fixes.yaml",
    "new\nline.yaml": "held.yaml",
    "folder/été.yml": "allowed.yaml",
    "::error::[x](1).yaml": "held.yaml",
}


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with all of them, in which there is no server."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    # The pages of diagnostics are tested elsewhere, and change more often than reports do.
    monkeypatch.setattr("tiercel.cli.catalog.page_text", lambda name: f"# About {name}\n\nWords.\n")
    folder = tmp_path / "shops"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("expected"))
    (folder / "folder").mkdir()
    for name, original in NAMES.items():
        shutil.copy(HERE / original, folder / name)
    monkeypatch.chdir(folder)
    return folder


def check(cli: Run, layout: str) -> str:
    result = cli("check", "--format", layout, "--baseline", "baseline.json", ".", "missing 100%.yaml")
    assert result.exit_code == 2
    return result.stdout


@pytest.mark.usefixtures("shops")
@pytest.mark.parametrize("layout", ["text", *FORMATS])
def test_to_the_letter(cli: Run, layout: str, golden: Golden) -> None:
    said = check(cli, layout).replace(f'"{__version__}"', '"VERSION"')
    golden(HERE / "expected" / f"{layout}.{ENDINGS.get(layout, 'json')}", said)


def test_the_summary_to_the_letter(
    cli: Run, shops: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(shops / "summary.md"))
    check(cli, "github")
    golden(HERE / "expected" / "summary.md", (shops / "summary.md").read_text("utf-8"))


@pytest.mark.usefixtures("shops")
def test_all_formats_say_the_same(cli: Run) -> None:
    said = {layout: check(cli, layout) for layout in FORMATS}
    found = json.loads(said["json"])["diagnostics"]
    names = {(each["file"], each["name"], each["line"]) for each in found}
    assert len(found) == len(names) == 19
    assert {
        (each["location"]["path"], each["check_name"], each["location"]["lines"]["begin"])
        for each in json.loads(said["gitlab"])
    } == {(file.removeprefix("./"), name, line) for file, name, line in names}
    annotations = [each for each in commands_of(said["github"]) if each[1]["title"] != "unreadable"]
    assert {(each[1]["file"], each[1]["title"], int(each[1]["line"])) for each in annotations} == {
        (file.removeprefix("./"), name, line) for file, name, line in names
    }
    log = json.loads(said["sarif"])
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    reported = [each for each in results if "suppressions" not in each]
    assert len(reported) == len(found)
    kinds = [each["suppressions"][0]["kind"] for each in results if "suppressions" in each]
    assert (kinds.count("inSource"), kinds.count("external")) == (4, 1)
    cases = list(ElementTree.fromstring(said["junit"]).iter("testcase"))
    assert sum(len(case) for case in cases) == len(found) + 1


@pytest.mark.usefixtures("shops")
def test_what_is_suppressed_keeps_the_fingerprints_of_others(cli: Run) -> None:
    fingerprints = []
    for options in ((), ("--baseline", "baseline.json")):
        results = json.loads(cli("check", "--format", "sarif", *options, "held.yaml").stdout)["runs"][0][
            "results"
        ]
        fingerprints.append([each["partialFingerprints"]["tiercel/v1"] for each in results])
    assert fingerprints[0] == fingerprints[1]
    assert len(set(fingerprints[0])) == 2
