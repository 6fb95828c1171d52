"""Which characters a program file may hold, and where its lines end."""

from __future__ import annotations

import re

from ..diagnostics import Edit, Fix, Report
from ..source import SourceFile, Span

_LINE_END = re.compile(r"[\r\n]|\Z")
_SEPARATORS = {"\x85": "NEL", "\u2028": "LS", "\u2029": "PS"}
_MOST = 20


def check_characters(source: SourceFile, report: Report) -> bool:
    """Report characters that YAML forbids or reads as line ends (the first twenty); whether there are none.

    A byte order mark is left alone but at the beginning, where the parser would not count it.
    """
    characters = "".join(filter(_is_stray, set(source.text)))
    if not characters:
        return True
    found_at = re.finditer(f"[{re.escape(characters)}]", source.text)
    stray = [m for m in found_at if m[0] != "\ufeff" or m.start() == 0]
    for found in stray[:_MOST]:
        _refuse(found[0], Span(*found.span()), report)
    return not stray


def _is_stray(character: str) -> bool:
    """Not one of YAML's printable characters, or a line separator of YAML 1.1, which editors do not show as such."""
    code = ord(character)
    if code < 0x20:
        return character not in "\t\n\r"
    return 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or character in "\u2028\u2029\ufeff\ufffe\uffff"


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
        fix = Fix("delete it", (Edit(span, ""),))
        report.error("encoding", span, "a second byte order mark", help="save the file as UTF-8", fixes=[fix])
    else:
        message = f"the control character {code} cannot stand in YAML"
        help = "delete it; most editors can show such characters"
        report.error(
            "yaml-syntax", span, message, help=help, fixes=[Fix("delete it", (Edit(span, ""),), safe=False)]
        )
