"""Shows a line of text in terminal columns: how wide each character is, and what stands for those that cannot be seen."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, east_asian_width

TAB = 4
JOINER = "\u200d"
EMOJI_STYLE = "\ufe0f"
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
COMBINING = frozenset(("Mn", "Me"))
SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Cell(NamedTuple):
    """One code point as shown, and how many columns it takes (0 for one that joins the character before it)."""

    shown: str
    width: int


def cells(line: str) -> list[Cell]:
    """One cell for each code point of a line. Tabs become spaces up to the next tab stop."""
    if line.isascii() and line.isprintable():
        return [Cell(c, 1) for c in line]
    found: list[Cell] = []
    column = 0
    for index in range(len(line)):
        cell = _cell(line, index, column, found)
        column += cell.width
        found.append(cell)
    return found


def visible(text: str) -> str:
    """A text for one line of a message: line ends, tabs, control and invisible characters as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(SHORT_ESCAPES.get(c) or cell.shown for c, cell in zip(text, cells(text), strict=True))


def _cell(line: str, index: int, column: int, before: list[Cell]) -> Cell:
    char = line[index]
    if char == "\t":
        width = TAB - column % TAB
        return Cell(" " * width, width)
    if _joins(line, index, before):
        return Cell(char, 0)
    if char == EMOJI_STYLE:  # asks for the wide picture of a character that is narrow as text
        return Cell(char, 1 if before and before[-1].width == 1 else 0)
    if category(char) in HIDDEN:
        escape = _escape(char)
        return Cell(escape, len(escape))
    if category(char) in COMBINING:
        return Cell(char, 0)
    return Cell(char, 2 if east_asian_width(char) in "WF" else 1)


def _joins(line: str, index: int, before: list[Cell]) -> bool:
    """Whether a character becomes part of the emoji before it: a skin tone, a joiner, or what a joiner joins."""
    if index == 0:
        return False
    char, previous = line[index], line[index - 1]
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return before[-1].width == 2
    if previous == JOINER:
        return before[-1].width == 0
    follows_picture = before[-1].width != 1 or previous == EMOJI_STYLE
    return char == JOINER and follows_picture and _is_picture(line[index + 1 : index + 2])


def _is_picture(char: str) -> bool:
    return bool(char) and category(char) == "So"


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
