"""Values as Python literals: texts in double quotes, with whatever could deceive a reader escaped."""

from __future__ import annotations

import unicodedata

# Punctuation beyond ASCII that looks like nothing else.
_LEGIBLE = frozenset("—…«»“”¡¿·•€£¥©®™°")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal(value: object) -> str:
    """The literal of a text, a whole number, a truth value or none.

    Whole numbers from 10,000 on have their digits in groups.
    """
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    raise TypeError(f"no literal for {value!r}")


def text_literal(text: str) -> str:
    """A text in double quotes, or in single ones where those need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_shown(character, quote) for character in text) + quote


def _shown(character: str, quote: str) -> str:
    if character == quote:
        return "\\" + quote
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~" or (character > "~" and _is_plain(character)):
        return character
    return _escaped(ord(character))


def _is_plain(character: str) -> bool:
    """Whether a character beyond ASCII may stand as it is.

    Letters and pictures may; what prints nothing, has a simpler twin, or could pass for an ASCII sign may not.
    """
    if character in _LEGIBLE:
        return True
    if not character.isprintable() or unicodedata.normalize("NFKC", character) != character:
        return False
    return unicodedata.category(character) in ("Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "So")


def _escaped(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
