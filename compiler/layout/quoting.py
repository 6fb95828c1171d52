"""How a text is written: without quotes where every reader of YAML takes it for the same text, else in quotes."""

from __future__ import annotations

import re
from typing import Final

from ..syntax.plain_scalars import kind_of_plain
from ..syntax.tree import Kind

# What cannot begin a text without quotes; of the second kind only where a space, or nothing, follows.
_INDICATORS: Final = frozenset(",[]{}#&*!|>'\"%@`")
_DASHES: Final = re.compile(r"[-?:](?:[ \t]|$)")
_CUT_SHORT: Final = re.compile(r":(?:[ \t]|$)|[ \t]#")
# In brackets older readers end a text at more signs than others do.
_BRACKETS: Final = re.compile(r"[,\[\]{}?]|:(?![A-Za-z0-9])|(?<![A-Za-z0-9]):|^-")
_MARKER: Final = re.compile(r"---|\.\.\.")
# A day of the year, a share, a sign: what a person, if no reader of YAML, may take for a number.
_NO_WORD: Final = re.compile(r"[ -@\[-`{-~]+")
_NEVER_BARE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\0": "\\0",
    "\x1b": "\\e",
}


def is_plain(text: str, in_brackets: bool) -> bool:
    """Whether a text of one line reads as itself without quotes, in brackets or out of them."""
    if not text or text != text.strip() or _NEVER_BARE.search(text):
        return False
    if text[0] in _INDICATORS or _DASHES.match(text) or _CUT_SHORT.search(text) or _MARKER.match(text):
        return False
    if in_brackets and _BRACKETS.search(text):
        return False
    return kind_of_plain(text) is Kind.TEXT


def quoted(text: str, in_brackets: bool, escaped: bool = False) -> str:
    """A text as a scalar on one line.

    With `escaped` invisible characters are written as escapes, as they were in the file.
    """
    if _NEVER_BARE.search(text) or (escaped and not text.isprintable()):
        return f'"{"".join(map(_escape, text))}"'
    if is_plain(text, in_brackets) and not _NO_WORD.fullmatch(text):
        return text
    single, double = text.count("'"), text.count('"') + text.count("\\")
    if single >= double:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "'" + text.replace("'", "''") + "'"


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character == " " or character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
