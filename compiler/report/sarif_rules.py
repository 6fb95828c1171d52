"""A diagnostic's page as a rule of SARIF: what code scanning shows beside each finding."""

from __future__ import annotations

import re
from typing import Any, Final

from ..diagnostics import Severity

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# What GitHub calls them, and sorts by.
_SEVERITIES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# GitHub shows no more of a description.
MOST_CHARACTERS: Final = 1024


def rule(name: str, severity: Severity, page: str) -> dict[str, Any]:
    """The rule for a name, its default severity, and its page: a title, and sections with headings."""
    title, _, body = page.strip().partition("\n")
    title, body = title.removeprefix("# "), body.strip()
    return {
        "id": name,
        "shortDescription": {"text": _short(title or name)},
        "fullDescription": {"text": _short(_section(body, "What it finds") or title or name)},
        "help": {"text": body or title or name, "markdown": body or title or name},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"precision": "very-high", "problem.severity": _SEVERITIES[severity]},
    }


def _section(body: str, heading: str) -> str:
    """The text below a heading, without line ends within a paragraph."""
    found = re.search(rf"^## {heading}\n+(.*?)(?=^## |\Z)", body, re.MULTILINE | re.DOTALL)
    paragraphs = re.split(r"\n{2,}", found[1].strip()) if found else []
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
