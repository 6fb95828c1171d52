"""Where in the structure of a file a place of its text is, broken as the text may be: by indentation and brackets alone.

Only the text up to the place is asked, and of what follows the keys of the same mapping: an unfinished line cannot
mislead. What is found is right for text that YAML could read once the line is finished.
"""

from __future__ import annotations

import re
from enum import Enum

from ..compiler.node import Node, node
from .brackets import depth_of, in_brackets, plain_value
from .shapes import ITEM, Beside

_KEY = re.compile(r"""(?P<key>[A-Za-z_][\w-]*|"[^"]*"|'[^']*')[ \t]*:(?P<space>[ \t]+|$)""")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_COMMENT = re.compile(r"(?:^|[ \t\r\n])#")
_SAYS_NOTHING = re.compile(r"\s*(?:#|$)|%|---\s*$")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")


class Role(Enum):
    """What is being written at a place."""

    KEY = "key"  # a key, or what begins an item of a list
    VALUE = "value"


@node
class Spot(Node):
    """A place of a text: the path to it, the mappings on the way, and what of a key or value stands before it.

    `path` leads, for a key, to the mapping (or list) that it is to be in, for a value to that value. `text` begins at
    `start`, and is the value up to the place; `glued` is a value that needs a space before it.
    """

    path: tuple[str, ...]
    beside: tuple[Beside, ...]
    role: Role
    text: str
    start: int
    bracketed: bool = False
    glued: bool = False


class _Frame:
    """A key or a dash whose part of the file is open: the column where it begins, and the keys below it."""

    def __init__(self, column: int, step: str) -> None:
        self.column = column
        self.step = step
        self.below: Beside = {}


class _Inline:
    """A value that begins beside its key or dash, and may go on in the lines below; `column` is that of the key."""

    def __init__(self, start: int, text: str, column: int) -> None:
        self.start = start
        self.text = text
        self.column = column

    def goes_on(self, line: str) -> bool:
        """Whether a line belongs to the value."""
        first, begins = self.text[:1], line.lstrip()
        if first and first in "|>":
            return not begins or self._is_deeper(line)
        if first and first in "{[":
            return depth_of(self.text) > 0 and (self._is_deeper(line) or begins[:1] in ("", "]", "}"))
        if first and first in "\"'":
            return not _closed(self.text) and (self._is_deeper(line) or not begins)
        return self._is_deeper(line) and not begins.startswith("#")

    def _is_deeper(self, line: str) -> bool:
        """Whether a line begins further in than the key; one that is not shut in by indentation ends what is open."""
        return len(line) - len(line.lstrip(" ")) > self.column


def _closed(text: str) -> bool:
    """Whether a text in quotes has its second quote."""
    if text[0] == "'":
        return re.fullmatch(r"'(?:[^']|'')*'[^']*", text, re.DOTALL) is not None
    return re.match(r'"(?:[^"\\]|\\.)*"', text, re.DOTALL) is not None


class _Scan:
    """Reads lines from the top, keeping what is open."""

    def __init__(self) -> None:
        self.frames = [_Frame(-1, "")]
        self.inline: _Inline | None = None
        self.key_at: int | None = None  # where the text of the last line begins that is no key with its colon
        self.value_at: int | None = None  # where its value begins, if it has none yet
        self.glued = False

    def read(self, start: int, line: str, *, last: bool) -> None:
        """Take in a line; of the last one, what stands before the place."""
        if self.inline and self.inline.goes_on(line):
            self.inline.text += line if last else line + "\n"
            return
        self.inline = None
        content = line.strip(" \t\r\n")
        if not last and (not content or content.startswith(("#", "---", "%"))):
            return
        column = len(line) - len(line.lstrip(" "))
        column = self._dashes(line, column)
        if not self._keyed(start, line, column):
            self._close(column)
            self.key_at = start + column
            value = line[column:]
            if value.startswith(("{", "[")) or (self.frames[-1].step == ITEM and not last):
                self.inline = _Inline(start + column, value, self.frames[-1].column)

    def _dashes(self, line: str, column: int) -> int:
        """Open the items that begin in a line; the column behind their dashes."""
        while dash := _DASH.match(line, column):
            if dash.end() == len(line) and not line.endswith((" ", "\t")):
                break  # a dash that is being typed
            while self.frames[-1].column > column or self._is_item_at(column):
                self.frames.pop()
            self.frames.append(_Frame(column, ITEM))
            column = dash.end()
        return column

    def _is_item_at(self, column: int) -> bool:
        return self.frames[-1].column == column and self.frames[-1].step == ITEM

    def _keyed(self, start: int, line: str, column: int) -> bool:
        """Open the key of a line, if it has one."""
        found = _KEY.match(line, column)
        if found is None:
            return False
        self._close(column)
        key, value = found["key"].strip("\"'"), line[found.end() :]
        frame = _Frame(column, key)
        self.frames[-1].below[key] = plain_value(value) if value.strip() and value[0] != "#" else frame.below
        self.frames.append(frame)
        self.value_at, self.glued = start + found.end(), not found["space"]
        if value.strip() and value[0] != "#":
            self.inline = _Inline(start + found.end(), value, column)
        return True

    def _close(self, column: int) -> None:
        while self.frames[-1].column >= column:
            self.frames.pop()


def said_lines(text: str) -> list[str]:
    """The lines of a text that say something: no comments, and no marks of where YAML begins."""
    return [line for line in text.splitlines() if not _SAYS_NOTHING.match(line)]


def is_first(text: str, spot: Spot) -> bool:
    """Whether what is being written is all that a text says."""
    return spot.role is Role.KEY and not spot.path and "".join(said_lines(text)).strip() == spot.text.strip()


def spot_at(text: str, offset: int) -> Spot | None:
    """The place at an offset; none in a comment, and behind a value in brackets that is complete."""
    scan, start = _Scan(), 0
    for found in _LINE.finditer(text):
        if offset < found.end() or not found[0].endswith(("\r", "\n")):
            break
        scan.key_at = scan.value_at = None
        scan.read(start, found[0].rstrip("\r\n"), last=False)
        start = found.end()
    line = text[start:offset]
    if line.lstrip().startswith("#") and not (scan.inline and scan.inline.goes_on(line)):
        return None
    scan.key_at = scan.value_at = None
    scan.read(start, line, last=True)
    return _spot(scan, text, offset)


def _spot(scan: _Scan, text: str, offset: int) -> Spot | None:
    if scan.inline:
        return _in_value(scan, scan.inline, text, offset)
    if scan.value_at is not None:
        comment = _COMMENT.search(text[scan.value_at : offset])
        return None if comment else _here(scan, Role.VALUE, "", offset, glued=scan.glued)
    assert scan.key_at is not None
    if _COMMENT.search(text[scan.key_at : offset]):
        return None
    _add_later_keys(scan, text, offset)
    return _here(scan, Role.KEY, text[scan.key_at : offset], scan.key_at)


def _in_value(scan: _Scan, inline: _Inline, text: str, offset: int) -> Spot | None:
    value = text[inline.start : offset]
    if value[:1] in ("{", "["):
        found = in_brackets(value, text[offset:])
        if found is None:
            return None
        whole = _here(scan, Role.VALUE, value, inline.start)
        beside = (*whole.beside[:-1], *found.beside)
        role = Role.KEY if found.key else Role.VALUE
        return Spot(whole.path + found.path, beside, role, found.text, offset - len(found.text), True)
    plain = value[:1] not in ("'", '"', "|", ">")
    return None if plain and _COMMENT.search(value) else _here(scan, Role.VALUE, value, inline.start)


def _here(scan: _Scan, role: Role, text: str, start: int, *, glued: bool = False) -> Spot:
    path = tuple(frame.step for frame in scan.frames[1:])
    return Spot(path, tuple(frame.below for frame in scan.frames), role, text, start, glued=glued)


def _add_later_keys(scan: _Scan, text: str, offset: int) -> None:
    """Add the keys of the same mapping that stand below the place, up to where it ends."""
    assert scan.key_at is not None
    line_start = max(text.rfind("\n", 0, scan.key_at), text.rfind("\r", 0, scan.key_at)) + 1
    column = scan.key_at - line_start
    for line in text[offset:].splitlines()[1:]:
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#") or indent > column:
            continue
        found = _KEY.match(line, indent)
        if indent < column or not found:
            return
        scan.frames[-1].below.setdefault(found["key"].strip("\"'"), plain_value(line[found.end() :]))
