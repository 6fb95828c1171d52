"""`tiercel check --format` on files of all sorts, to the letter: clean, broken, allowed, held, missing, oddly named."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes
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
    } == names
    annotations = [each for each in commands_of(said["github"]) if each[1]["title"] != "unreadable"]
    assert {(each[1]["file"], each[1]["title"], int(each[1]["line"])) for each in annotations} == names
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


# What no server expects in a name, and git can hold all the same; of the last two, bytes that are no UTF-8.
HOSTILE = (
    b"a b.yaml", b"50%25.yaml", b"c:d,e.yaml", b"::error file=x::y.yaml", b"::stop-commands::x.yaml", b"new\nline.yaml",
    b"cr\rlf\n.yaml", b"back\\slash.yaml", b"tab\t.yaml", b"esc\x1b[31m.yaml", b"`tick`|.yaml", b"q'uo\"te.yaml", b"<b>&.yaml",
    b"-dash.yaml", b"~.yaml", "e\u0301 \u202e\u2028.yaml".encode(), b"\xff\xfe.yaml", b"half-\xc3.yaml",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with files of such names, each of which has two findings, and with an empty one."""
    folder = tmp_path / "hostile"
    (folder / ".git").mkdir(parents=True)
    for name in HOSTILE:
        Path(folder, os.fsdecode(name)).write_bytes((HERE / "held.yaml").read_bytes())
    (folder / "empty.yaml").touch()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("layout", FORMATS)
def test_names_are_escaped_where_they_stand(cli: Run, layout: str) -> None:
    result = cli("check", "--format", layout, ".", "empty.yaml")
    assert result.exit_code == 1
    said = result.stdout_bytes.decode()
    # A line for each finding, and for the empty file.
    assert layout != "github" or said.count("\n") == 2 * len(HOSTILE) + 1
    assert names_in(layout, said) == {
        *(name_as(layout, name) for name in HOSTILE),
        name_as(layout, b"empty.yaml"),
    }


def name_as(layout: str, name: bytes) -> bytes | str:
    """What a server reads: in a URI all bytes are there, elsewhere those that are no UTF-8 are shown."""
    if layout == "sarif":
        return name
    if layout == "json":
        return os.fsdecode(name)
    text = os.fsdecode(name).encode("utf-8", "backslashreplace").decode()
    return text.replace("\x1b", "\\u001b") if layout == "junit" else text


def names_in(layout: str, said: str) -> set[bytes | str]:
    if layout == "github":
        return {each[1]["file"] for each in commands_of(said)}
    if layout == "junit":
        return {suite.get("name", "") for suite in ElementTree.fromstring(said)}
    document = json.loads(said)
    if layout == "sarif":
        SARIF.validate(document)
        places = (each["locations"][0]["physicalLocation"] for each in document["runs"][0]["results"])
        return {unquote_to_bytes(place["artifactLocation"]["uri"]) for place in places}
    if layout == "gitlab":
        assert len({each["fingerprint"] for each in document}) == len(document)
        return {each["location"]["path"] for each in document}
    return {each["file"] for each in document["diagnostics"]}


@pytest.mark.usefixtures("hostile")
def test_a_summary_has_a_row_for_each(cli: Run, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(hostile / "summary.md"))
    cli("check", "--format", "github", ".", "empty.yaml")
    said = (hostile / "summary.md").read_text("utf-8")
    assert said.count("\n| ") == 2 * len(HOSTILE) + 2
    assert not {"\x1b", "\r", "\t", "\u202e", "\u2028"} & set(said)
