"""Writes diagnostics as SARIF 2.1.0, as code scanning and editors read it.

Nothing in it depends on the machine or the moment: no absolute paths, no times. Of the rules those are listed that
occur.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ... import __version__
from ..diagnostics import Diagnostic, Fix, Severity
from ..fingerprint import fingerprints
from ..source import SourceFile
from .findings import Findings, Suppressed
from .sarif_places import BASE, artifact, related, replacements, where
from .sarif_rules import LEVELS, rule
from .sarif_text import message_text

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# GitHub refuses a file with more results. It shows 5,000, errors first.
MOST_RESULTS: Final = 25_000

Json = dict[str, Any]


def render(findings: Findings) -> str:
    """All findings as a SARIF log with one run, which ends with a line end."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(findings)]}, indent=2) + "\n"


def _run(findings: Findings) -> Json:
    found = list(_found(findings))
    kept, left_out = _most_severe(found)
    names = sorted({diagnostic.name for _, _, diagnostic, _, _ in kept})
    levels = {diagnostic.name: diagnostic.severity for _, _, diagnostic, _, _ in kept}
    driver = {
        "name": "Tiercel",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [rule(name, levels[name], findings.page(name)) for name in names],
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(findings, left_out)],
        "artifacts": [{"location": location} for location in _artifacts(findings)],
        "results": [_result(names.index(each[2].name), *each) for each in kept],
    }


_Found = tuple[
    int, SourceFile, Diagnostic, str, str | None
]  # index of the file, …, fingerprint, why it is allowed


def _found(findings: Findings) -> Iterator[_Found]:
    """What is reported of each file, and what its author allowed, by place."""
    indices = {location["uri"]: index for index, location in enumerate(_artifacts(findings))}
    for source, diagnostics, suppressed in findings.files:
        index = indices[artifact(source.name)["uri"]]
        all_of_it = [(d, None) for d in diagnostics] + [_allowed(each) for each in suppressed]
        ordered = sorted(all_of_it, key=lambda each: (each[0].span.start, each[0].name))
        prints = fingerprints(source, [diagnostic for diagnostic, _ in ordered])
        for (diagnostic, reason), fingerprint in zip(ordered, prints, strict=True):
            yield index, source, diagnostic, fingerprint, reason


def _artifacts(findings: Findings) -> list[Json]:
    return _unique(artifact(checked.source.name) for checked in findings.files)


def _unique(items: Iterable[Json]) -> list[Json]:
    """Each once, the first of those that are equal: of artifacts and of fixes the schema refuses two alike."""
    return list({json.dumps(item): item for item in items}.values())


def _allowed(suppressed: Suppressed) -> tuple[Diagnostic, str | None]:
    return suppressed.diagnostic, suppressed.reason


def _most_severe(found: list[_Found]) -> tuple[list[_Found], int]:
    """No more results than there may be, the most severe ones, in their order; and how many are left out."""
    if len(found) <= MOST_RESULTS:
        return found, 0
    ranks = list(Severity)
    order = sorted(range(len(found)), key=lambda index: ranks.index(found[index][2].severity))
    return [found[index] for index in sorted(order[:MOST_RESULTS])], len(found) - MOST_RESULTS


def _invocation(findings: Findings, left_out: int) -> Json:
    said = [("error", message) for message in findings.unread]
    if left_out:
        said.append(
            ("warning", f"{left_out} more findings were left out: a report has at most {MOST_RESULTS}")
        )
    invocation: Json = {"executionSuccessful": not findings.unread}
    if said:
        invocation["toolExecutionNotifications"] = [
            {"level": level, "message": {"text": text}} for level, text in said
        ]
    return invocation


def _result(
    rule_index: int,
    artifact_index: int,
    source: SourceFile,
    diagnostic: Diagnostic,
    fingerprint: str,
    reason: str | None,
) -> Json:
    result: Json = {
        "ruleId": diagnostic.name,
        "ruleIndex": rule_index,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": message_text(diagnostic)},
        "locations": [where(source, diagnostic.span, artifact_index)],
        "partialFingerprints": {"tiercel/v1": fingerprint},
    }
    if diagnostic.labels:
        result["relatedLocations"] = related(source, diagnostic.labels, artifact_index)
    if diagnostic.fixes:
        result["fixes"] = _unique(_fix(source, fix) for fix in diagnostic.fixes)
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _fix(source: SourceFile, fix: Fix) -> Json:
    change = {"artifactLocation": artifact(source.name), "replacements": replacements(source, fix.edits)}
    return {
        "description": {"text": fix.message},
        "artifactChanges": [change],
        "properties": {"safe": fix.safe},
    }
