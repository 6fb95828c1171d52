"""Characters that a reader cannot see, or takes for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from ..node import Node, node

# Letters of other scripts with the Latin letter that each is taken for.
_CYRILLIC = dict(
    zip(
        "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
        "\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u04bb\u0501\u051b\u051d\u04cf",
        "ABESIJKMHOPCTYXaesijopcyxhdqwl",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
        "\u03b9\u03bd\u03bf\u03c1\u03c5\u03f3",
        "ABEZHIKMNOPTYXivopuj",
        strict=True,
    )
)
_LOOKALIKES = {"CYRILLIC": _CYRILLIC, "GREEK": _GREEK}

_INVISIBLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0x1D173, 0x1D17A)),
    (0xE0000, 0xE0FFF),
)
_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_BLACK_FLAG = "\U0001f3f4"  # begins the flags that are spelled in invisible tags
# Scripts whose spelling needs joiners: Arabic and Syriac, those of India, Myanmar, Khmer.
_JOINING = ((0x600, 0x8FF), (0x900, 0xDFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1800, 0x18AF))


@node
class Oddity(Node):
    """A stretch `start..end` of a text that is not what it looks like, and why, in words."""

    start: int
    end: int
    reason: str


def oddities(text: str) -> Iterator[Oddity]:
    """The invisible characters, and the words of mixed scripts that read as words of one."""
    if text.isascii():
        return
    for index, char in enumerate(text):
        if _within(char, _INVISIBLE) and not _belongs(text, index):
            yield Oddity(index, index + 1, f"an invisible {_called(char)}")
    yield from _mixed_words(text)


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)


def _belongs(text: str, index: int) -> bool:
    """Whether an invisible character is part of how an emoji, or a script, is spelled."""
    char, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if char in _DIRECTION_MARKS:
        return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    if char in _JOINERS and before and _within(before, _JOINING):
        return True
    if char == "\u200d":
        return _pictorial(before) and _pictorial(after)
    if _within(char, ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))):
        return bool(before) and (
            not before.isalpha() or _within(before, ((0x3400, 0x9FFF), (0x20000, 0x3FFFF)))
        )
    if _within(char, ((0xE0020, 0xE007F),)):
        return _BLACK_FLAG in text[:index]
    return _within(char, ((0x180B, 0x180F),)) and _within(before or " ", _JOINING)


def _pictorial(char: str) -> bool:
    """Whether the character is, or ends, a picture: a symbol, a skin tone, a variation selector."""
    return bool(char) and (
        unicodedata.category(char) in ("So", "Sk", "Sm") or _within(char, ((0xFE0E, 0xFE0F),))
    )


def _mixed_words(text: str) -> Iterator[Oddity]:
    indexes = groupby(range(len(text)), key=lambda i: unicodedata.category(text[i])[0] in "LM")
    for in_word, run in indexes:
        where = list(run)
        reason = _mixture(text[where[0] : where[-1] + 1]) if in_word else None
        if reason:
            yield Oddity(where[0], where[-1] + 1, reason)


def _mixture(word: str) -> str | None:
    """Which letters of a word are of another script than the word seems to be in; none where all fit."""
    if word.isascii():
        return None
    letters = [char for char in word if unicodedata.category(char)[0] == "L"]
    for script, lookalikes in _LOOKALIKES.items():
        latin = [char for char in letters if unicodedata.name(char, "").startswith("LATIN")]
        other = [char for char in letters if unicodedata.name(char, "").startswith(script)]
        if not latin or len(latin) + len(other) < len(letters):
            continue
        if other and all(char in lookalikes for char in other):
            return f"a {_called(other[0])} among Latin letters"
        if other and all(char in lookalikes.values() for char in latin):
            return f"a {_called(latin[0])} among {script.title()} letters"
    return None


def _called(char: str) -> str:
    name = unicodedata.name(char, "character").lower()
    for script in ("latin", "cyrillic", "greek"):
        name = name.replace(script, script.title())
    return f"{name} (U+{ord(char):04X})"
