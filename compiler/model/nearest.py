"""What to say about a word that is not known: the nearest one that is, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MOST_LISTED = 8


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, letter case aside, or none that is like it at all."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    # Comparing takes time in proportion to the lengths; no known word is anywhere near this long.
    found = get_close_matches(word.casefold()[:100], by_folded, n=1)
    return by_folded[found[0]] if found else None


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """Help for an unknown word: the nearest known one, else the known ones where they are few."""
    words = list(known)
    found = nearest(word, words)
    if found is not None:
        return f"did you mean `{found}`?"
    if words and len(words) <= _MOST_LISTED:
        return f"known here: {listed(words)}"
    return None


def listed(words: Iterable[str]) -> str:
    """Words in backticks: "`a`", "`a` and `b`", "`a`, `b` and `c`"."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def named(words: list[str], most: int = 5) -> str:
    """As `listed`, but of more than `most` words the first ones, and how many more there are."""
    if len(words) <= most:
        return listed(words)
    return ", ".join(f"`{word}`" for word in words[:most]) + f" and {len(words) - most} more"
