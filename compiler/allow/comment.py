"""From a comment to what it allows, or to what keeps it from allowing anything.

    # tiercel: allow[NAME, NAME] until 2027-01-31: why this is right here

A comment that only begins like one, `# tiercel: 1`, is a comment like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from datetime import date
from typing import Final

from ..diagnostics import Edit, Fix
from ..node import Node, node
from ..source import SourceFile, Span
from ..syntax.tree import Comment

SHAPE: Final = "write `# tiercel: allow[NAME]: REASON`, or `# tiercel: allow[NAME] until 2027-01-31: REASON`"

_BEGINNING = re.compile(r"#+[ \t]*tiercel[ \t]*(:?)[ \t]*([a-z][a-z-]*)[ \t]*([\[({]?)", re.IGNORECASE)
_RIGHT_BEGINNING = re.compile(r"#+[ \t]*tiercel:[ \t]*allow\[")
_NAME = re.compile(r"[^,\s][^,]*[^,\s]|[^,\s]")
_UNTIL = re.compile(r"[ \t]+until\b[ \t]*([^:\s]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What other tools call it.
_OTHER_WORDS = frozenset(
    {"disable", "except", "expect", "ignore", "noqa", "off", "permit", "skip", "suppress"}
)


@node
class AllowedName(Node):
    """A name between the brackets."""

    text: str
    span: Span = field(compare=False, repr=False)


@node
class Allow(Node):
    """A comment that allows findings by name, for a reason; to the end of the day `until`, if it has one.

    `span` is the whole comment, `names_span` what is between the brackets, `until_span` the day.
    """

    names: tuple[AllowedName, ...]
    until: date | None
    reason: str
    span: Span = field(compare=False, repr=False)
    names_span: Span = field(compare=False, repr=False)
    until_span: Span | None = field(default=None, compare=False, repr=False)

    def expired(self, today: date | None) -> bool:
        """Whether the day is over; never where it is not said which day it is."""
        return today is not None and self.until is not None and today > self.until


@node
class Slip(Node):
    """A comment that was meant to allow something, and does not; `message` says what is wrong, at `span`."""

    message: str
    span: Span
    help: str
    fixes: tuple[Fix, ...] = ()


def read(comment: Comment) -> Allow | Slip | None:
    """What a comment allows, what is wrong with it, or none where it is for people alone."""
    beginning = _BEGINNING.match(comment.text)
    if beginning is None or not _is_meant(*beginning.groups()):
        return None
    if not _RIGHT_BEGINNING.match(comment.text):
        return _wrong_beginning(comment, beginning)
    opened = beginning.end()
    closed = comment.text.find("]", opened)
    if closed < 0:
        return _slip(comment, opened - 1, opened, "the bracket `[` is never closed")
    names = _names(comment, opened, closed)
    return names if isinstance(names, Slip) else _rest(comment, names, opened, closed)


def day(text: str) -> date | None:
    """The day that is written as `2027-01-31`, or none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def without(source: SourceFile, allow: Allow, names: Iterable[AllowedName], *, safe: bool = True) -> Fix:
    """A fix that takes names out of an allow; where none is left, the comment with them."""
    spans = {name.span for name in names}  # a name can be there twice
    left = [name for name in allow.names if name.span not in spans]
    if left:
        gone = " and ".join(f"`{name.text}`" for name in allow.names if name.span in spans)
        edit = Edit(allow.names_span, ", ".join(name.text for name in left))
        return Fix(f"take {gone} out of the brackets", (edit,), safe)
    return Fix("delete the comment", (Edit(_whole(source, allow.span), ""),), safe)


def _whole(source: SourceFile, comment: Span) -> Span:
    """A comment with the blanks before it, and with its line where nothing else is on it."""
    line_start = comment.start - source.position(comment.start)[1] + 1
    start = line_start + len(source.text[line_start : comment.start].rstrip(" \t"))
    if start > line_start:
        return Span(start, comment.end)
    line_break = 2 if source.text.startswith("\r\n", comment.end) else 1
    return Span(line_start, min(comment.end + line_break, len(source.text)))


def _is_meant(colon: str, word: str, bracket: str) -> bool:
    word = word.lower()
    if word == "allow":
        return bool(colon or bracket == "[")
    return bool(colon and bracket) and (word in _OTHER_WORDS or _is_like_allow(word))


def _is_like_allow(word: str) -> bool:
    from difflib import SequenceMatcher  # only for what is wrong

    return len(word) < 10 and SequenceMatcher(None, word, "allow").ratio() > 0.7


def _wrong_beginning(comment: Comment, beginning: re.Match[str]) -> Slip:
    colon, word, bracket = beginning.groups()
    if not bracket:
        return _slip(comment, *beginning.span(2), "what is allowed stands in brackets, as in `allow[NAME]`")
    if bracket != "[":
        return _slip(comment, *beginning.span(3), f"what is allowed stands in `[…]`, and not in `{bracket}`")
    if word.lower() != "allow":
        message, place = f"`{word}` is no word for this: a comment allows something", beginning.span(2)
    elif not colon:
        message, place = "there is no colon behind `tiercel`", (0, beginning.end(2))
    else:
        message, place = "an allow begins with `tiercel: allow[`", (0, beginning.end())
    edit = Edit(Span(comment.span.start, comment.span.start + beginning.end()), "# tiercel: allow[")
    fix = Fix("write `# tiercel: allow[`", (edit,), safe=word.lower() not in _OTHER_WORDS)
    return _slip(comment, *place, message, (fix,))


def _names(comment: Comment, opened: int, closed: int) -> tuple[AllowedName, ...] | Slip:
    inside = comment.text[opened:closed]
    if not all(part.strip() for part in inside.split(",")):
        missing = "no name" if not inside.strip(" \t,") else "a comma without a name beside it"
        return _slip(comment, opened - 1, closed + 1, f"there is {missing} in the brackets")
    found = (Span(opened + m.start(), opened + m.end()) for m in _NAME.finditer(inside))
    return tuple(AllowedName(comment.text[s.start : s.end], _moved(comment, *s)) for s in found)


def _rest(comment: Comment, names: tuple[AllowedName, ...], opened: int, closed: int) -> Allow | Slip:
    """What follows the names: perhaps a day, and the reason."""
    text, after, ends, place = comment.text, closed + 1, None, None
    until = _UNTIL.match(text, after)
    if until:
        ends = day(until[1])
        if ends is None:
            return _slip(comment, *_day_place(until), _bad_day(until[1]))
        after, place = until.end(), _moved(comment, *until.span(1))
    between, colon, reason = text[after:].partition(":")
    if between.strip() and colon:
        return _slip(comment, after, after + len(between), f"`{between.strip()}` has no meaning here")
    if not reason.strip():
        return _slip(comment, 0, len(text), "an allow needs a reason")
    return Allow(names, ends, reason.strip(), comment.span, _moved(comment, opened, closed), place)


def _day_place(until: re.Match[str]) -> tuple[int, int]:
    return until.span(1) if until[1] else (until.end() - len(until[0].lstrip()), until.end())


def _bad_day(written: str) -> str:
    return f"`{written}` is no day, as `2027-01-31` is" if written else "there is no day behind `until`"


def _slip(comment: Comment, start: int, end: int, message: str, fixes: tuple[Fix, ...] = ()) -> Slip:
    start += len(comment.text[start:end]) - len(comment.text[start:end].lstrip())
    end = start + len(comment.text[start:end].rstrip())
    return Slip(message, _moved(comment, start, end), SHAPE, fixes)


def _moved(comment: Comment, start: int, end: int) -> Span:
    return Span(comment.span.start + start, comment.span.start + end)
