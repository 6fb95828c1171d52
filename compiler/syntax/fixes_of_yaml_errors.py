"""Fixes of what YAML itself cannot read, where quotes, a space or spaces for tabs are all that it takes."""

from __future__ import annotations

import re

from ..diagnostics import Edit, Fix
from ..source import Span
from .characters import line_end
from .refusals import CONDITION_KEYS, shown
from .rewrites import in_quotes, line_start, quoted, value_end
from .schema_places import all_keys

_KEY = re.compile(r"""(?P<key>[A-Za-z_][A-Za-z0-9_-]*)[ ]*:[ \t]+""")
_VALUE = re.compile(r"[ ]*(?:-[ ]+)*(?:[A-Za-z_][A-Za-z0-9_-]*[ ]*:[ ]+)?(?=\S)")
_NO_SPACE = re.compile(r"[ ]*(?:-[ ]+)*(?P<key>[a-z_]+):(?=[^\s:])")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]*(?=[^\s])", re.MULTILINE)


def without_tabs(text: str) -> Fix | None:
    """Two spaces for every tab, in a file that is indented by tabs alone: how wide they are says nothing then."""
    indented = [m for m in _INDENTATION.finditer(text) if m[0]]
    if any(" " in m[0] for m in indented) or _BLOCK.search(text):
        return None
    return Fix("indent by spaces", tuple(Edit(Span(*m.span()), "  " * len(m[0])) for m in indented))


def with_space(text: str, span: Span) -> Fix | None:
    """`per:1.00` is no key and value before there is a space."""
    found = _NO_SPACE.match(text, line_start(text, span.start))
    if found is None or found["key"] not in all_keys():
        return None
    return Fix(f"write `{found['key']}: `", (Edit(Span(found.end(), found.end()), " "),))


def quoted_condition(text: str, key: int, value: int, bracket: int | None) -> Fix | None:
    """The condition in quotes that begins at `value`, behind its key; `bracket` is where one is open."""
    # Of the line alone: where the parser gives up early, it has not seen the bracket yet.
    before = text[line_start(text, key) : key]
    bracketed = before.count("{") > before.count("}") or (bracket is not None and bracket < key)
    return in_quotes(text, value, bracketed)


def quoted_text(text: str, at: int, bracket: int | None) -> Fix | None:
    """The value of a line of its own in quotes, which can only be a text."""
    start = line_start(text, at)
    found = _VALUE.match(text, start, line_end(text, start))
    if found is None or bracket is not None:
        return None
    begins = found.end()
    value = text[begins : value_end(text, begins, False)].rstrip()
    if not value or value[0] in "\"'|>[{&*!" or begins > at:
        return None
    edit = Edit(Span(begins, begins + len(value)), quoted(value))
    return Fix(f"write it in quotes: `{shown(quoted(value))}`", (edit,))


# --- the usual cause: a condition without quotes ---------------------------------------------------------------


def quote_value(text: str, span: Span) -> str | None:
    """How to write the value on this line, if it is a condition's that YAML took apart."""
    start, found = line_start(text, span.start), condition_key(text, span)
    if found is None:
        return None
    key, begins = found["key"], found.end()
    value = text[begins : line_end(text, begins)].rstrip()
    quote = next((q for q in ("'", '"') if q not in value and "\\" not in value), None)
    if not quote or not value or "{" in text[start : found.start()]:
        return f"write the whole condition after `{key}:` in quotes"
    return f"write the condition in quotes: `{key}: {quote}{shown(value)}{quote}`"


def condition_key(text: str, span: Span) -> re.Match[str] | None:
    """The key on the line, if the place is in the value of a condition's."""
    start = line_start(text, span.start)
    found = [m for m in _KEY.finditer(text, start, max(span.end, span.start)) if m["key"] in CONDITION_KEYS]
    return found[-1] if found and found[-1].end() <= span.start else None
