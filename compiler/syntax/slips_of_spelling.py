"""Slips of spelling in a condition: operators, words, numbers, quotes and characters from elsewhere."""

from __future__ import annotations

import re
import unicodedata

from .condition_parser import UNREADABLE
from .numbers_elsewhere import has_one_reading, plain_of
from .slip import OPERAND_ENDS, Failure, Rewrite, Slip, on_one_line, quoted

_OPERATOR_RUN = re.compile(r"[=!<>&|:≥≤≠]+")
_RIGHT_OPERATOR = {
    "=": "==", "===": "==", ":=": "==", "!==": "!=", "<>": "!=", "=!": "!=", "≠": "!=",
    "=>": ">=", "==>": ">=", ">==": ">=", "≥": ">=", "=<": "<=", "<==": "<=", "≤": "<=",
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
}  # fmt: skip

_KEYWORDS = frozenset({"or", "and", "not", "in", "has", "true", "false", "date"})
_RIGHT_WORD = {
    "is": "==", "equals": "==", "equal": "==", "eq": "==", "isnt": "!=", "neq": "!=",
    "contains": "has", "contain": "has", "includes": "has", "include": "has",
    "above": ">", "over": ">", "exceeds": ">", "below": "<", "under": "<",
    "plus": "+", "minus": "-", "times": "*",
}  # fmt: skip

_NUMBER = re.compile(r"[0-9]*\.?[0-9][0-9A-Za-z_.]*(?:(?<=[eE])[+-][0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,' \u2019\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?(?![0-9A-Za-z_])")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+(?![0-9A-Za-z_])")
_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_AMOUNT_BEHIND = re.compile(r"\s*([0-9][0-9.]*)")
_WORD = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_QUOTED = {'"': re.compile(r'"(?:[^"\\\r\n]|\\.)*"'), "'": re.compile(r"'(?:[^'\\\r\n]|\\.)*'")}
_BAD_ESCAPE = re.compile(r"(?:[^\\]|\\[\\\"'])*?(\\[^\\\"'])", re.DOTALL)
# Typographic quotes, and the straight ones that are meant; written by number, since they look so much alike.
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u00b4`"
_CURLY_TEXT = {
    '"': re.compile(f'["{_DOUBLE_QUOTES}]([^"{_DOUBLE_QUOTES}\r\n]*)["{_DOUBLE_QUOTES}]'),
    "'": re.compile(f"['{_SINGLE_QUOTES}]([^'{_SINGLE_QUOTES}\r\n]*)['{_SINGLE_QUOTES}]"),
}

_CHARACTERS = {
    "/": (
        "conditions have no division",
        "write the product on the other side: `a >= 2 * b` for `a / b >= 2`",
    ),
    "÷": (
        "conditions have no division",
        "write the product on the other side: `a >= 2 * b` for `a / b >= 2`",
    ),
    "%": ("`%` has no meaning in a condition", "write a share as a decimal number: `0.5` for 50%"),
    "^": ("conditions have no powers", None),
    "#": ("a condition holds no comment", "end the condition before the `#`, and its quotes if it has any"),
    ";": ("a condition is one expression", "join the parts by `and` or `or`"),
    "{": ("`{` has no meaning in a condition", 'write a list in square brackets: `in ["a", "b"]`'),
    "}": ("`}` has no meaning in a condition", 'write a list in square brackets: `in ["a", "b"]`'),
    "?": ("`?` has no meaning in a condition", "a condition is true or false; it has no branches"),
}
# Minus signs and dashes, multiplication signs and dots, the signs of logic.
_LOOKALIKE = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*",
    "\u2227": "and", "\u2228": "or", "\u00ac": "not",
}  # fmt: skip


def _word(failure: Failure) -> Slip | None:
    """`AND`, `contains`, `is not`: a keyword in other letters, or another language's word for an operator."""
    for word in (failure.at, failure.last):
        lower = word.text.lower()
        if word.kind != "NAME":
            continue
        if lower in _KEYWORDS:
            message = f"keywords are lower case, and {quoted(word.text)} is not"
            return Slip(
                word.start,
                word.end,
                message,
                f"write `{lower}`",
                rewrite=Rewrite(word.start, word.end, lower),
            )
        if lower == "between":
            return _between(failure, word.start, word.end)
        if lower in _RIGHT_WORD:
            end, right = word.end, _RIGHT_WORD[lower]
            negation = re.compile(r"\s+not\b").match(failure.text, end) if lower == "is" else None
            if negation:
                end, right = negation.end(), "!="
            message = f"{quoted(failure.text[word.start : end])} is no operator of conditions"
            return Slip(
                word.start, end, message, f"write `{right}`", rewrite=failure.word(word.start, end, right)
            )
    return None


def _between(failure: Failure, start: int, end: int) -> Slip:
    index = next(i for i, word in enumerate(failure.words) if word.start == start)
    operand = failure.left_operand(index - 1) or "x"
    bounds = re.compile(r"\s*([0-9.]+)\s+and\s+([0-9.]+)").match(failure.text, end)
    low, high = bounds.groups() if bounds else ("low", "high")
    right = f"{operand} >= {low} and {operand} <= {high}"
    rewrite = None
    if bounds and index:
        rewrite = Rewrite(failure.words[failure.left_start(index - 1)].start, bounds.end(), right)
    return Slip(start, end, "`between` is no operator of conditions", f"write `{right}`", rewrite=rewrite)


def _operator(failure: Failure) -> Slip | None:
    """`=`, `&&`, `=>`: an operator as other languages spell it."""
    if failure.at.kind not in (UNREADABLE, "COMPARE"):
        return None
    run = next(
        (r for r in _OPERATOR_RUN.finditer(failure.text) if r.start() <= failure.at.start < r.end()), None
    )
    if run is None:
        return None
    start, end, written = run.start(), run.end(), run.group()
    if written not in _RIGHT_OPERATOR:
        if failure.at.kind == "COMPARE":
            return None
        start, end, written = failure.at.start, failure.at.end, failure.at.text
    right = _RIGHT_OPERATOR.get(written)
    if right is None:
        return None
    name = _WORD.match(failure.text, end) if right == "not" else None
    help = f"write `{right} {name.group()}`" if name else f"write `{right}`"
    # Where what it belongs to is missing too, more than the spelling is wrong.
    stands_right = (failure.before(start) in OPERAND_ENDS) != (right == "not")
    rewrite = failure.word(start, end, right) if written != "=!" and stands_right else None
    return Slip(start, end, f"`{written}` is no operator of conditions", help, rewrite=rewrite)


def _date(failure: Failure) -> Slip | None:
    """`2026-01-31`, with or without `date(…)` around it, but without quotes."""
    at = failure.at.start
    bare = next((d for d in _DATE.finditer(failure.text) if d.start() <= at < d.end()), None)
    if bare is None or failure.at.kind not in (UNREADABLE, "NUMBER"):
        return None
    before = failure.text[: bare.start()].rstrip()
    right = f'"{bare.group()}"'
    if not re.search(r"\bdate\s*\($", before):
        right = f"({right})" if re.search(r"\bdate$", before) else f"date({right})"
    rewrite = Rewrite(bare.start(), bare.end(), right)
    help = f'write `date("{bare.group()}")`'
    return Slip(bare.start(), bare.end(), "a date is written in quotes", help, rewrite=rewrite)


def _separators(failure: Failure) -> Slip | None:
    """`1,000`, `1 000` and `12,50`."""
    for pattern in (_THOUSANDS, _DECIMAL_COMMA):
        for number in pattern.finditer(failure.text):
            if not number.start() <= failure.at.start < number.end():
                continue
            if pattern is _THOUSANDS:
                plain = re.sub(r"[^0-9.]", "", number.group()).lstrip("0") or "0"
                message = "thousands are not separated in a number"
            else:
                plain, message = number.group().replace(",", "."), "decimals come after a dot"
            in_list = failure.text.count("[", 0, number.start()) > failure.text.count("]", 0, number.start())
            # In a list the comma may be one between two numbers.
            rewrite = None if in_list else Rewrite(number.start(), number.end(), plain)
            return Slip(number.start(), number.end(), message, f"write `{plain}`", rewrite=rewrite)
    return None


def _number(failure: Failure) -> Slip | None:
    """`1_000`, `1e3`, `.5`, `007`, `5k`."""
    number = _NUMBER.match(failure.text, failure.at.start)
    if number is None or failure.at.kind != UNREADABLE:
        return None
    plain = plain_of(number.group())
    help = f"write `{plain}`" if plain else "numbers are written like `1500` or `12.50`"
    keyword = re.search(r"[a-z]+$", number.group())
    right = plain if has_one_reading(number.group()) else None
    if plain and keyword and keyword.group() in _KEYWORDS:
        right = f"{plain} {keyword.group()}"
        help = f"write `{right}`"
    rewrite = Rewrite(number.start(), number.end(), right) if right else None
    return Slip(number.start(), number.end(), f"{quoted(number.group())} is no number", help, rewrite=rewrite)


def _currency(failure: Failure) -> Slip | None:
    """`$500` and `500 €`."""
    if failure.at.kind != UNREADABLE or unicodedata.category(failure.at.text) != "Sc":
        return None
    sign, start, end = failure.at.text, failure.at.start, failure.at.end
    amount = _AMOUNT_BEHIND.match(failure.text, end)
    help = f"write `{amount.group(1).rstrip('.')}`" if amount else "write the number alone"
    rewrite = None
    if amount:
        rewrite = Rewrite(start, amount.end(), amount.group(1), sign=sign)
    elif failure.last.kind == "NUMBER":
        rewrite = Rewrite(failure.last.end, end, "", sign=sign)
    return failure.slip_here("amounts are plain numbers in the program's currency", help, rewrite)


def _curly_quote(failure: Failure) -> Slip | None:
    """Typographic quotes and backticks."""
    character = failure.at.text
    if failure.at.kind != UNREADABLE or character not in _DOUBLE_QUOTES + _SINGLE_QUOTES:
        return None
    straight = '"' if character in _DOUBLE_QUOTES else "'"
    text = _CURLY_TEXT[straight].match(failure.text, failure.at.start)
    if text is None:
        return failure.slip_here(f"{_named(character)} is no quote of a text", f"write `{straight}`")
    right = on_one_line(f"{straight}{text.group(1)}{straight}")
    # A backslash, or the straight quote itself, would mean something else in straight quotes.
    rewrite = None if set(text.group(1)) & {"\\", straight} else Rewrite(*text.span(), right)
    return Slip(text.start(), text.end(), "texts are in straight quotes", f"write `{right}`", rewrite=rewrite)


def _quote(failure: Failure) -> Slip | None:
    """A text with a bad escape, or without an end."""
    if failure.at.kind != UNREADABLE or failure.at.text not in _QUOTED:
        return None
    start, quote = failure.at.start, failure.at.text
    text = _QUOTED[quote].match(failure.text, start)
    if text is None:
        if failure.last.kind == "TEXT" and failure.last.text[0] == quote:
            help = f"write `\\{quote}` for a quote inside of a text"
        else:
            help = f"end the text with `{quote}`, on the line where it begins"
        return failure.slip_here("the quote is not closed", help)
    escape = _BAD_ESCAPE.match(text.group())
    if escape is None:
        return None
    first, last = escape.span(1)
    message = f"{quoted(escape.group(1))} is no escape"
    return Slip(
        start + first, start + last, message, "write `\\\\` for a backslash; the others are `\\\"` and `\\'`"
    )


def _dot(failure: Failure) -> Slip | None:
    """`customer.` and `customer . tags`."""
    if failure.at.kind != UNREADABLE or failure.at.text != ".":
        return None
    if failure.last.kind != "NAME":
        return failure.slip_here("a dot stands only within a name or a number")
    return Slip(
        failure.last.start,
        failure.at.end,
        f"{quoted(failure.text[failure.last.start : failure.at.end])} is no whole name",
        "write what comes after the dot right behind it, as in `customer.tags`",
    )


def _character(failure: Failure) -> Slip | None:
    """Characters that no token has."""
    if failure.at.kind != UNREADABLE:
        return None
    character = failure.at.text
    if character in _CHARACTERS:
        return failure.slip_here(*_CHARACTERS[character])
    plain = _LOOKALIKE.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.strip():
        rewrite = failure.word(failure.at.start, failure.at.end, plain)
        return failure.slip_here(
            f"{_named(character)} is no operator of conditions", f"write `{plain}`", rewrite
        )
    if unicodedata.category(character)[0] in "ZC":
        space = " " if unicodedata.category(character)[0] == "Z" else ""
        return failure.slip_here(
            f"there is an invisible character, {_code(character)}",
            "delete it, or write a space",
            Rewrite(failure.at.start, failure.at.end, space),
        )
    return _foreign_word(failure) or failure.slip_here(f"{_named(character)} has no meaning in a condition")


def _foreign_word(failure: Failure) -> Slip | None:
    at = failure.at.start
    word = next((w for w in _WORD.finditer(failure.text) if w.start() <= at < w.end()), None)
    if word is None:
        return None
    message = f"{quoted(word.group())} is no name: names are made of the letters a to z, digits, `_` and `.`"
    return Slip(word.start(), word.end(), message)


def _named(character: str) -> str:
    return quoted(character) if character.isascii() else f"`{character}` ({_code(character)})"


def _code(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" {name}" if name else "")


SPELLING = (_word, _date, _separators, _operator, _curly_quote, _quote, _currency, _number, _dot, _character)
