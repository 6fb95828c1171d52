"""Writes diagnostics as SARIF 2.1.0, as code scanning and editors read it.

Nothing in it depends on the machine or the moment: no absolute paths, no times. Of the rules those are listed that
occur.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from ... import __version__
from ..diagnostics import Fix, Severity
from ..source import SourceFile
from .findings import Finding, Findings
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
    kept, left_out = _most_severe(list(findings.all()))
    severities = {found.diagnostic.name: found.diagnostic.severity for found in kept}
    rules = [rule(name, severities[name], findings.page(name)) for name in sorted(severities)]
    artifacts = _unique(artifact(checked.source.name) for checked in findings.files)
    indices = _Indices(
        {each["id"]: index for index, each in enumerate(rules)},
        {each["uri"]: index for index, each in enumerate(artifacts)},
    )
    driver = {"name": "Tiercel", "version": __version__, "semanticVersion": __version__, "rules": rules}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(findings, left_out)],
        "artifacts": [{"location": location} for location in artifacts],
        "results": [_result(found, indices) for found in kept],
    }


class _Indices(NamedTuple):
    """Where rules and files are listed in the run, by their names."""

    rules: Mapping[str, int]
    artifacts: Mapping[str, int]


def _unique(items: Iterable[Json]) -> list[Json]:
    """Each once, the first of those that are equal: of artifacts and of fixes the schema refuses two alike."""
    return list({json.dumps(item): item for item in items}.values())


def _most_severe(found: list[Finding]) -> tuple[list[Finding], int]:
    """No more results than there may be, the most severe ones, in their order; and how many are left out."""
    if len(found) <= MOST_RESULTS:
        return found, 0
    ranks = list(Severity)

    def rank(index: int) -> tuple[bool, int]:
        return found[index].suppressed is not None, ranks.index(found[index].diagnostic.severity)

    order = sorted(range(len(found)), key=rank)
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


def _result(found: Finding, indices: _Indices) -> Json:
    source, diagnostic, fingerprint, suppressed = found
    index = indices.artifacts[artifact(source.name)["uri"]]
    result: Json = {
        "ruleId": diagnostic.name,
        "ruleIndex": indices.rules[diagnostic.name],
        "level": LEVELS[diagnostic.severity],
        "message": {"text": message_text(diagnostic)},
        "locations": [where(source, diagnostic.span, index)],
        "partialFingerprints": {"tiercel/v1": fingerprint},
    }
    if diagnostic.labels:
        result["relatedLocations"] = related(source, diagnostic.labels, index)
    if diagnostic.fixes:
        result["fixes"] = _unique(_fix(source, fix) for fix in diagnostic.fixes)
    if suppressed is not None:
        result["suppressions"] = [{"kind": suppressed.kind, "justification": suppressed.reason}]
    return result


def _fix(source: SourceFile, fix: Fix) -> Json:
    change = {"artifactLocation": artifact(source.name), "replacements": replacements(source, fix.edits)}
    return {
        "description": {"text": fix.message},
        "artifactChanges": [change],
        "properties": {"safe": fix.safe},
    }
