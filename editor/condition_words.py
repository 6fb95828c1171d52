"""What can be written next in a condition, from the words before it: names, operators and values that fit by type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..compiler.model.condition import Type
from ..compiler.model.scope import Scope
from ..compiler.model.types import COMPARED, LISTED, NUMBERS, ORDERED, called
from .name_words import meaning
from .suggestion import Sort, Suggestion

_WORD = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)
      | (?P<name>[A-Za-z_][\w.]*) | (?P<number>[0-9][0-9.]*) | (?P<sign>[=!<>]=|[-<>=!+*()\[\],])""",
    re.VERBOSE,
)
_BEGUN = re.compile(r"[A-Za-z_][\w.]*$")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_JOINING = ("and", "or")
_AFTER_NOTHING = {"and", "or", "not", "(", ""}
_SAID = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
    "not in": "is none of",
    "has": "has as a member",
    "and": "both hold",
    "or": "one of the two holds, or both",
    "not": "does not hold",
    "+": "and more",
    "-": "less",
    "*": "times a number",
}

Texts = Mapping[str, Sequence[str]]  # of a name, the texts that it is compared with elsewhere in the file


def next_words(before: str, scope: Scope, texts: Texts, quote: str) -> tuple[str, list[Suggestion]]:
    """What was begun at the end of a condition's text, and what can stand in its place.

    `quote` goes around texts: the one of the two kinds that does not end the scalar that holds the condition.
    """
    words = [(found.lastgroup or "", found[0]) for found in _WORD.finditer(before)]
    if words and words[-1][0] == "text" and _is_open(words[-1][1]):
        begun = words.pop()[1]
        return begun[1:], list(_texts(words, scope, texts, ""))
    name = _BEGUN.search(before)
    begun = name[0] if name else ""
    if begun:
        words.pop()
    return begun, list(_after(before.removesuffix(begun), words, scope, texts, quote))


def _is_open(text: str) -> bool:
    return len(text) == 1 or text[-1] != text[0]


def _after(
    before: str, words: list[tuple[str, str]], scope: Scope, texts: Texts, quote: str
) -> Iterator[Suggestion]:
    last = words[-1][1] if words else ""
    if last == "not" and len(words) > 1 and words[-2][0] == "name" and words[-2][1] not in _JOINING:
        yield _operator("in")
    elif last in _AFTER_NOTHING:
        yield from _names(scope, None)
        yield _operator("not")
    elif last in _COMPARISONS or last in ("has", "in", "[", ","):
        yield from _values(words, scope, texts, quote)
    elif last in ("+", "-", "*"):
        yield from _names(scope, _left(words, scope))
    elif before[-1:].isspace():
        # Right behind a number or a bracket a line may be at its end, and Enter should end it.
        yield from _operators(words, scope)


# --- names and operators --------------------------------------------------------------------------------------


def _names(scope: Scope, like: Type | None) -> Iterator[Suggestion]:
    """The names of the place; those of one type alone, where one is asked for."""
    for path, type in scope.names.items():
        if like is None or type is like or {type, like} == {Type.INTEGER, Type.DECIMAL}:
            yield Suggestion(path, Sort.NAME, path, called(type), meaning(path, scope.attributes))


def _operators(words: list[tuple[str, str]], scope: Scope) -> Iterator[Suggestion]:
    kind, last = words[-1]
    type = scope.names.get(last) if kind == "name" else None
    compared = _is_compared(words)
    if type is not None and not compared:
        yield from map(_operator, _that_fit(type))
    if compared or type is Type.BOOLEAN or last in (")", "]", "true", "false"):
        yield from map(_operator, _JOINING)
    if kind == "number" and not compared:
        yield from map(_operator, (*_COMPARISONS, "*"))


def _that_fit(type: Type) -> Iterator[str]:
    if type in COMPARED:
        yield from ("==", "!=")
    if type in ORDERED:
        yield from (">=", ">", "<=", "<")
    if type in LISTED:
        yield from ("in", "not in")
    if type in NUMBERS:
        yield from ("+", "-", "*")
    if type is Type.TEXT_SET:
        yield "has"


def _operator(word: str) -> Suggestion:
    opens = " [" if word in ("in", "not in") else " "
    return Suggestion(word, Sort.OPERATOR, word + opens, _SAID[word])


# --- values ---------------------------------------------------------------------------------------------------


def _is_compared(words: list[tuple[str, str]]) -> bool:
    """Whether the clause that is being written has its comparison already."""
    return any(word in (*_COMPARISONS, "has", "in") for _, word in _clause(words))


def _clause(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words of the comparison that is being written."""
    start = max((i + 1 for i, (_, word) in enumerate(words) if word in ("and", "or", "(")), default=0)
    return words[start:]


def _left(words: list[tuple[str, str]], scope: Scope) -> Type | None:
    """The type of the first name of the clause."""
    return next(
        (scope.names.get(word) for kind, word in _clause(words) if word in scope.names and kind), None
    )


def _values(words: list[tuple[str, str]], scope: Scope, texts: Texts, quote: str) -> Iterator[Suggestion]:
    type, last = _left(words, scope), words[-1][1]
    if last == "in":
        yield Suggestion("[…]", Sort.SNIPPET, "[$1]", "a list of values", snippet=True)
        return
    yield from _texts(words, scope, texts, quote)
    if type is Type.BOOLEAN:
        yield from (Suggestion(word, Sort.WORD, word) for word in ("true", "false"))
    if type is Type.DATE:
        day = f"date({quote}${{1:2026-01-31}}{quote})"
        yield Suggestion('date("…")', Sort.SNIPPET, day, "a day", snippet=True)
    if type is not None and last in _COMPARISONS:
        left = next(word for _, word in _clause(words) if word in scope.names)
        yield from (name for name in _names(scope, type) if name.label != left)


def _texts(words: list[tuple[str, str]], scope: Scope, texts: Texts, quote: str) -> Iterator[Suggestion]:
    """The texts that the left side of the comparison can be, or is compared with elsewhere."""
    left = next((word for _, word in _clause(words) if word in scope.names), "")
    attribute = scope.attributes.get(left)
    known = attribute.values if attribute and attribute.values else texts.get(left, ())
    where = f"a value of `{left}`" if attribute and attribute.values else "used elsewhere in this file"
    listed = _listed(words)
    for text in known:
        if (not quote or quote not in text) and "\\" not in text and text not in listed:
            yield Suggestion(text, Sort.WORD, f"{quote}{text}{quote}", where)


def _listed(words: list[tuple[str, str]]) -> set[str]:
    """The texts that the list has already which is being written."""
    start = max((i for i, (_, word) in enumerate(words) if word in ("[", "]")), default=None)
    if start is None or words[start][1] == "]":
        return set()
    return {word[1:-1] for kind, word in words[start:] if kind == "text"}
