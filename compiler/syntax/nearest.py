"""What to say about a word that is not known: the nearest one that is, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

_MOST_LISTED = 8
_COMPARED = 20
# How like a word has to be to another, and how much more than any further one, to be taken for it.
_CLEAR, _APART = 0.74, 0.1
_SHORTEST_GUESSED = 4


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, letter case aside, or none that is like it at all."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    from difflib import get_close_matches  # only ever needed for what is wrong

    # Comparing takes time in proportion to the lengths; no known word is anywhere near this long.
    folded = word.casefold()[:100]
    found = get_close_matches(folded, by_folded, n=_COMPARED)
    return by_folded[max(found, key=lambda other: _likeness(folded, other))] if found else None


def _likeness(word: str, other: str) -> tuple[float, bool, int]:
    from difflib import SequenceMatcher

    # Of words that are equally near: one with the same letters, since two may be swapped; then by how they begin.
    ratio = SequenceMatcher(None, other, word).ratio()
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return ratio, sorted(word) == sorted(other), shared


def clearly(word: str, known: Iterable[str]) -> str | None:
    """The known word that can only have been meant: close to this one, and none of the others nearly as close.

    Letter case, spaces, hyphens and underscores make no difference.
    """
    forms = {candidate: _folded(candidate) for candidate in known}
    folded = _folded(word[:100])
    same = [candidate for candidate, form in forms.items() if form == folded]
    if same or len(folded) < _SHORTEST_GUESSED:
        return same[0] if len(same) == 1 else None
    from difflib import get_close_matches

    # The score of the best one, and of the best but one.
    close = get_close_matches(folded, set(forms.values()), n=2, cutoff=_CLEAR - _APART)
    scores = [_likeness(folded, form)[0] for form in close]
    if not scores or scores[0] < _CLEAR or (len(scores) > 1 and scores[0] - scores[1] < _APART):
        return None
    same = [candidate for candidate, form in forms.items() if form == close[0]]
    return same[0] if len(same) == 1 else None


def _folded(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


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


def listed_or(words: Iterable[object]) -> str:
    """Words to choose from: "`a`, `b` or `c`"."""
    return " or ".join(listed(str(word) for word in words).rsplit(" and ", 1))


def named(words: list[str], most: int = 5) -> str:
    """As `listed`, but of more than `most` words the first ones, and how many more there are."""
    if len(words) <= most:
        return listed(words)
    return ", ".join(f"`{word}`" for word in words[:most]) + f" and {len(words) - most} more"
