"""From the YAML parser's complaints to ours: where it gave up, why, and what a merchant has to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from ..diagnostics import Diagnostic, Fix, Label, Report
from ..source import SourceFile, Span
from .characters import line_end
from .fixes_of_yaml_errors import (
    condition_key,
    quote_value,
    quoted_condition,
    quoted_text,
    with_space,
    without_tabs,
)
from .refusals import shown
from .tree import Scalar

_WORD = re.compile(r"[^\s]+")
# What begins a document, ends it, or stands before it.
_MARK = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)|^%", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A parser error in offsets: `at` is where it gave up, `since` where what it was reading began.

    `last` is the scalar read last, `bracket` where the innermost brackets open that are not closed.
    """

    problem: str
    context: str
    at: int
    since: int
    last: Scalar | None
    bracket: int | None
    text: str

    @property
    def character(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def at_end(self) -> bool:
        return not self.text[self.at :].strip()


@dataclass(frozen=True, slots=True)
class _Finding:
    span: Span
    message: str
    help: str | None = None
    label: Label | None = None
    name: str = "yaml-syntax"
    fix: Fix | None = None


def report_syntax_error(
    source: SourceFile, error: yaml.YAMLError, last: Scalar | None, bracket: int | None, report: Report
) -> None:
    """Report a parser error; what was found before it on its line has the same cause, and goes.

    `last` is the scalar read before it, `bracket` the offset of the innermost bracket that is open.
    """
    trouble = _trouble(source.text, error, last, bracket)
    finding = next((f for explain in _EXPLAIN if (f := explain(trouble))), None) or _unexplained(trouble)
    help = quote_value(source.text, finding.span) or finding.help
    found = condition_key(source.text, finding.span)
    fix = quoted_condition(source.text, found.start(), found.end(), bracket) if found else finding.fix
    labels = [finding.label] if finding.label else []
    line = source.line(finding.span.start)
    report.diagnostics[:] = [d for d in report.diagnostics if not _is_on_line(source, d, line)]
    fixes = [fix] if fix else []
    report.error(finding.name, finding.span, finding.message, labels=labels, help=help, fixes=fixes)


def _is_on_line(source: SourceFile, diagnostic: Diagnostic, line: int) -> bool:
    return source.line(diagnostic.span.start) == line


def _trouble(text: str, error: yaml.YAMLError, last: Scalar | None, bracket: int | None) -> _Trouble:
    at = _index(getattr(error, "problem_mark", None), text, len(text))
    since = _index(getattr(error, "context_mark", None), text, at)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", ""))
    context = str(getattr(error, "context", None) or "")
    return _Trouble(problem, context, at, since, last, bracket, text)


def _index(mark: yaml.Mark | None, text: str, default: int) -> int:
    return default if mark is None else min(mark.index, len(text))


# --- explanations, the particular ones first ------------------------------------------------------------------


def _tab(trouble: _Trouble) -> _Finding | None:
    if trouble.character != "\t" and "tab" not in trouble.problem:
        return None
    at = trouble.at if trouble.character == "\t" else trouble.text.rfind("\t", 0, trouble.at)
    span = Span(max(at, 0), max(at, 0) + 1)
    help = "use spaces, two for every level"
    return _Finding(span, "a tab cannot indent a line in YAML", help, fix=without_tabs(trouble.text))


def _directive(trouble: _Trouble) -> _Finding | None:
    words = f"{trouble.context} {trouble.problem}"
    if "directive" not in words and "tag" not in words and "incompatible" not in words:
        return None
    what = "directives" if trouble.text[trouble.since : trouble.since + 1] == "%" else "tags"
    span = _word(trouble.text, trouble.since)
    return _Finding(span, f"{what} are not part of the language", "leave it out", name="yaml-feature")


def _quote_left_open(trouble: _Trouble) -> _Finding | None:
    if "quoted scalar" not in trouble.context or "unexpected" not in trouble.problem:
        return None
    mark = trouble.text[trouble.since]
    return _Finding(
        _one(trouble.since), f"this `{mark}` is never closed", f"write `{mark}` at the end of the text"
    )


def _escape(trouble: _Trouble) -> _Finding | None:
    if "quoted scalar" not in trouble.context:
        return None
    start = trouble.text.rfind("\\", trouble.since, trouble.at + 1)
    span = Span(start, start + 2)
    message = f"`{shown(trouble.text[start : start + 2])}` is no escape in double quotes, or is not complete"
    return _Finding(span, message, r"write `\\` for a backslash, or put the text in single quotes")


def _block_header(trouble: _Trouble) -> _Finding | None:
    if "block scalar" not in trouble.context:
        return None
    mark = trouble.text[trouble.since]
    span = _rest_of_line(trouble.text, trouble.since)
    return _Finding(
        span, f"after `{mark}`, which begins a block of text, the line has to end", "write it in quotes"
    )


def _indicator(trouble: _Trouble) -> _Finding | None:
    """A character that begins something of YAML's own, where a value was meant."""
    starts = "cannot start any token" in trouble.problem
    if not starts and "scanning an a" not in trouble.context:  # an anchor or an alias
        return None
    at = trouble.at if starts else trouble.since
    mark = trouble.text[at : at + 1]
    named = "a backtick" if mark == "`" else f"`{mark}`"
    message, fix = (
        f"a value cannot begin with {named}",
        quoted_text(trouble.text, trouble.at, trouble.bracket) if starts else None,
    )
    return _Finding(_word(trouble.text, at), message, "write it in quotes", fix=fix)


def _list_item(trouble: _Trouble) -> _Finding | None:
    if "block sequence entries are not allowed" not in trouble.problem:
        return None
    return _Finding(
        _one(trouble.at),
        "a list item cannot begin here",
        "put each `- ` on a line of its own, indented alike",
    )


def _no_colon(trouble: _Trouble) -> _Finding | None:
    if "could not find expected ':'" not in trouble.problem:
        return None
    span = _rest_of_line(trouble.text, trouble.since)
    message = f"`{shown(trouble.text[span.start : span.end])}` is no key: there is no colon after it"
    help = "write `key: value`, or indent the line if it belongs to the text above"
    return _Finding(span, message, help, fix=with_space(trouble.text, span))


def _colon(trouble: _Trouble) -> _Finding | None:
    if "mapping values are not allowed" not in trouble.problem:
        return None
    line = _line_start(trouble.text, trouble.at)
    if trouble.last and trouble.last.span.start < line:
        start = _start_of_text(trouble.text, line)
        message = (
            f"`{shown(trouble.text[start : trouble.at])}` is read as part of the text above it, not as a key"
        )
        label = Label(_one(trouble.last.span.start), "the text begins here")
        return _Finding(
            Span(start, trouble.at), message, "line it up with the keys that it belongs to", label
        )
    message, fix = (
        "a second `: ` cannot stand in a value",
        quoted_text(trouble.text, trouble.at, trouble.bracket),
    )
    return _Finding(_one(trouble.at), message, "write the value in quotes", fix=fix)


def _bracket_left_open(trouble: _Trouble) -> _Finding | None:
    """The text ends, or its next key comes, inside of brackets."""
    if trouble.bracket is None or trouble.problem.startswith("found"):
        return None
    next_line = trouble.character == ":" and _line_start(trouble.text, trouble.at) > trouble.bracket
    if not trouble.at_end and not next_line:
        return None
    mark = trouble.text[trouble.bracket]
    help = f"write `{_CLOSING[mark]}` where it ends"
    return _Finding(_one(trouble.bracket), f"this `{mark}` is never closed", help)


def _no_comma(trouble: _Trouble) -> _Finding | None:
    if trouble.bracket is None or not trouble.problem.startswith("did not find expected ','"):
        return None
    mark = trouble.text[trouble.bracket]
    found = _word(trouble.text, trouble.at)
    message = (
        f"a comma or `{_CLOSING[mark]}` is missing before `{shown(trouble.text[found.start : found.end])}`"
    )
    label = Label(_one(trouble.bracket), f"in what this `{mark}` opens")
    return _Finding(found, message, f"write a comma, or close with `{_CLOSING[mark]}`", label)


_CLOSING = {"[": "]", "{": "}"}


def _no_value(trouble: _Trouble) -> _Finding | None:
    if "did not find expected node content" not in trouble.problem or trouble.at_end:
        return None
    message = f"a value is missing before this `{shown(trouble.character)}`"
    return _Finding(_one(trouble.at), message, "write a value, or delete it")


def _document_start(trouble: _Trouble) -> _Finding | None:
    """What stands behind `...`, or behind directives, without `---` between them."""
    if "expected <document start>" not in trouble.problem:
        return None
    marks = list(_MARK.finditer(trouble.text, 0, trouble.at))
    span = _rest_of_line(trouble.text, trouble.at)
    if marks and marks[-1][0] == "...":
        message = "a file holds one document, and it has ended with the `...` above"
        label = Label(Span(*marks[-1].span()), "the end")
        return _Finding(span, message, "delete the `...`, or what follows it", label, name="yaml-feature")
    if marks and marks[-1][0] == "%":
        message, help = (
            "between a directive and the document there has to be `---`",
            "leave the directive out",
        )
        return _Finding(span, message, help, Label(_one(marks[-1].start()), "the directive"))
    return None


def _left_over(trouble: _Trouble) -> _Finding | None:
    """Something after a value that was complete, or an indentation that fits no level above."""
    if "did not find expected" not in trouble.problem or trouble.at_end:
        return None
    span = _word(trouble.text, trouble.at)
    word = shown(trouble.text[span.start : span.end])
    if _start_of_text(trouble.text, _line_start(trouble.text, span.start)) == span.start:
        return _Finding(
            span, f"`{word}` does not belong to anything above", "indent it like the lines it belongs to"
        )
    return _Finding(
        span, f"`{word}` cannot stand here, where the value has ended", "write the whole value in quotes"
    )


def _unexplained(trouble: _Trouble) -> _Finding:
    span = _word(trouble.text, min(trouble.at, len(trouble.text)))
    return _Finding(span, "this is not YAML", "check the indentation, the quotes and the brackets above it")


_EXPLAIN = (
    _tab, _directive, _quote_left_open, _escape, _block_header, _indicator, _list_item, _no_colon, _colon, _bracket_left_open, _no_comma, _no_value, _document_start, _left_over,
)  # fmt: skip


# --- places -------------------------------------------------------------------------------------------------


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _start_of_text(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip(" \t"))


def _one(offset: int) -> Span:
    return Span(offset, offset + 1)


def _word(text: str, offset: int) -> Span:
    found = _WORD.match(text, offset)
    return Span(*found.span()) if found else Span(min(offset, len(text)), min(offset, len(text)))


def _rest_of_line(text: str, start: int) -> Span:
    return Span(start, start + len(text[start : line_end(text, start)].rstrip()))
