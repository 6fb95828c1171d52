"""Which characters a program file may hold, and where its lines end."""

from __future__ import annotations

import re

from ..diagnostics import Report
from ..source import SourceFile, Span

# YAML's printable characters without the line separators of YAML 1.1, which editors do not show as such.
_STRAY = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_STRAY_IN_ASCII = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_LINE_END = re.compile(r"[\r\n]|\Z")
_SEPARATORS = {"\x85": "NEL", "\u2028": "LS", "\u2029": "PS"}
_MOST = 20


def check_characters(source: SourceFile, report: Report) -> bool:
    """Report characters that YAML forbids or reads as line ends (the first twenty); whether there are none.

    A byte order mark is left alone but at the beginning, where the parser would not count it.
    """
    # The large class takes milliseconds to compile, and most files are ASCII.
    pattern = _STRAY_IN_ASCII if source.text.isascii() else _STRAY
    stray = [m for m in re.finditer(pattern, source.text) if m[0] != "\ufeff" or m.start() == 0]
    for found in stray[:_MOST]:
        _refuse(found[0], Span(*found.span()), report)
    return not stray


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, without its line break."""
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def _refuse(character: str, span: Span, report: Report) -> None:
    code = f"U+{ord(character):04X}"
    if character in _SEPARATORS:
        message = f"the line separator {_SEPARATORS[character]} ({code}) is not part of the language"
        help = "end lines with a plain line break; in quotes, write it as an escape"
        report.error("yaml-feature", span, message, help=help)
    elif character == "\ufeff":
        report.error("encoding", span, "a second byte order mark", help="save the file as UTF-8")
    else:
        message = f"the control character {code} cannot stand in YAML"
        report.error("yaml-syntax", span, message, help="delete it; most editors can show such characters")
