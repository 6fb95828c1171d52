"""Writes suites of test cases as JUnit XML, and what a check found as such: a suite for each file.

There is no standard. What is written is what the schemas of Jenkins' plugins have in common: elements and attributes that
one of them refuses (`file` of a case, properties of a case) are left out. No times are given, since they would make
each report a different one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple
from xml.etree import ElementTree

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile
from . import text
from .cells import visible
from .findings import Checked, Findings

Outcome = Literal["passed", "failure", "error", "skipped"]

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Case(NamedTuple):
    """A test case. `message` is one line, `kind` a word for the sort of failure, `body` all there is to say."""

    name: str
    class_name: str
    outcome: Outcome = "passed"
    message: str = ""
    kind: str = ""
    body: str = ""


class Suite(NamedTuple):
    """A suite of test cases, and whatever else is worth knowing about it."""

    name: str
    cases: Sequence[Case]
    properties: Sequence[tuple[str, str]] = ()


def render(findings: Findings) -> str:
    """A suite for each file, with a case for each finding, or one that passed; infos are skipped cases."""
    suites = [_suite(checked) for checked in findings.files]
    if findings.unread:
        unread = [Case(message, "tiercel", "error", message, "unreadable") for message in findings.unread]
        suites.append(Suite("unreadable", unread))
    return render_suites("tiercel check", suites)


def render_suites(name: str, suites: Sequence[Suite]) -> str:
    """Suites as an XML document that ends with a line end; in ASCII, so that no encoding can garble it."""
    cases = [case for suite in suites for case in suite.cases]
    root = ElementTree.Element("testsuites", {"name": _legal(name), **_totals(cases)})
    for suite in suites:
        root.append(_suite_element(suite))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written.decode("ascii")}\n'


def class_name(path: str) -> str:
    """A path as a class: servers make folders of what stands between dots."""
    return re.sub(r"\.ya?ml$", "", path).replace("/", ".").strip(".")


def _suite(checked: Checked) -> Suite:
    source, found, _ = checked
    where = class_name(source.name)
    named = zip(_names(source, found), found, strict=True)
    cases = [_case(source, diagnostic, name, where) for name, diagnostic in named]
    return Suite(source.name, cases or [Case("nothing found", where)])


def _names(source: SourceFile, found: Sequence[Diagnostic]) -> Iterator[str]:
    """A name for each case, `double-earning at 4:9`; servers show of several alike only one, so they are numbered."""
    seen: Counter[str] = Counter()
    for diagnostic in found:
        line, column = source.position(min(diagnostic.span.start, len(source.text)))
        name = f"{diagnostic.name} at {line}:{column}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _case(source: SourceFile, diagnostic: Diagnostic, name: str, where: str) -> Case:
    outcome: Outcome = "skipped" if diagnostic.severity is Severity.INFO else "failure"
    body = text.render(source, diagnostic)
    return Case(name, where, outcome, visible(diagnostic.message), diagnostic.severity.value, body)


def _suite_element(suite: Suite) -> ElementTree.Element:
    totals = {**_totals(suite.cases), "skipped": str(_number(suite.cases, "skipped"))}
    element = ElementTree.Element("testsuite", {"name": _legal(suite.name), **totals})
    if suite.properties:
        properties = ElementTree.SubElement(element, "properties")
        for name, value in suite.properties:
            ElementTree.SubElement(properties, "property", {"name": _legal(name), "value": _legal(value)})
    element.extend(_case_elements(suite.cases))
    return element


def _case_elements(cases: Sequence[Case]) -> Iterator[ElementTree.Element]:
    for case in cases:
        named = {"name": _legal(case.name), "classname": _legal(case.class_name)}
        element = ElementTree.Element("testcase", named)
        if case.outcome != "passed":
            # Of a skipped case not every server knows a type.
            kind = {"type": _legal(case.kind)} if case.kind and case.outcome != "skipped" else {}
            said = {"message": _legal(case.message), **kind}
            ElementTree.SubElement(element, case.outcome, said).text = _legal(case.body) or None
        yield element


def _totals(cases: Sequence[Case]) -> dict[str, str]:
    failures, errors = _number(cases, "failure"), _number(cases, "error")
    return {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors)}


def _number(cases: Sequence[Case], outcome: Outcome) -> int:
    return sum(case.outcome == outcome for case in cases)


def _legal(text: str) -> str:
    """A text without the characters that XML has no way to write; escapes stand for them."""
    return _NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
