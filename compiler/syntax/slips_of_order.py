"""Slips of order in a condition: tokens that are right by themselves, where they cannot stand."""

from __future__ import annotations

from .condition_parser import END, Word
from .slip import LITERALS, OPERAND_ENDS, OPERAND_STARTS, Failure, Rewrite, Slip, quoted

_EXAMPLE_DATE = '`date("2026-01-31")`'


def _chain(failure: Failure) -> Slip | None:
    """`100 <= spend <= 500`."""
    first = _comparison_before(failure)
    if first is None or failure.last.kind not in OPERAND_ENDS or not _compares(failure, failure.index):
        return None
    label = (failure.words[first].start, failure.words[first].end, "the first comparison")
    end = failure.words[failure.index + 1].end if failure.at.kind == "NOT" else failure.at.end
    right, whole = _unchained(failure, first)
    rewrite = None if "…" in right else Rewrite(*whole, right)
    return Slip(failure.at.start, end, "comparisons do not chain", f"write `{right}`", (label,), rewrite)


def _comparison_before(failure: Failure) -> int | None:
    """The index of the comparison whose right side ends before the token, if there is one."""
    depth = 0
    for index in range(failure.index - 1, -1, -1):
        kind = failure.words[index].kind
        depth += (kind in ("CLOSE", "LIST_CLOSE")) - (kind in ("OPEN", "LIST_OPEN"))
        if depth < 0 or (depth == 0 and kind in ("AND", "OR")):
            return None
        if depth == 0 and kind in ("COMPARE", "HAS", "IN"):
            return index
    return None


def _compares(failure: Failure, index: int) -> bool:
    kind = failure.words[index].kind
    if kind == "NOT":
        return failure.words[index + 1].kind == "IN"
    return kind in ("COMPARE", "HAS", "IN")


def _unchained(failure: Failure, first: int) -> tuple[str, tuple[int, int]]:
    """The chain as comparisons joined by `and`, and from where to where it goes."""
    words = failure.words
    operator_start = first - 1 if words[first - 1].kind == "NOT" else first
    left = failure.left_operand(operator_start - 1)
    start = words[failure.left_start(operator_start - 1)].start
    parts = []
    at = operator_start
    while at < len(words) - 1 and _compares(failure, at):
        behind = at + 2 if words[at].kind == "NOT" else at + 1
        last = failure.right_end(behind)
        right = failure.slice(behind, last) or "…"
        parts.append(f"{left} {failure.slice(at, behind - 1)} {right}")
        left, at = right, max(last, behind - 1) + 1
    return _guarded(failure, start, " and ".join(parts)), (start, words[at - 1].end)


def _guarded(failure: Failure, start: int, text: str) -> str:
    """Several comparisons in place of one, in parentheses where a `not` stands before it."""
    before = failure.text[:start].split()
    return f"({text})" if before[-1:] == ["not"] else text


def _list(failure: Failure) -> Slip | None:
    """What is in a list, and is no literal; a list that nothing closes."""
    opening = _open(failure, "LIST_OPEN", "LIST_CLOSE")
    if opening is None:
        return None
    kind, last = failure.at.kind, failure.last.kind
    if kind == "LIST_CLOSE" and last == "LIST_OPEN":
        start = failure.last.start
        return Slip(start, failure.at.end, "the list is empty", "write at least one value")
    if kind == "LIST_CLOSE" and last == "COMMA":
        rewrite = Rewrite(failure.last.start, failure.at.start, "")
        return Slip(
            failure.last.start, failure.last.end, "nothing follows the comma", "leave it out", rewrite=rewrite
        )
    if kind == "NAME" and last in ("LIST_OPEN", "COMMA", "MINUS"):
        help = f"compare with it on its own: `x == {failure.at.text}`"
        return failure.slip_here(f"a list holds literals alone, and {failure.shown} is a name", help)
    if kind in LITERALS and last in LITERALS:
        rewrite = Rewrite(failure.last.end, failure.last.end, ",")
        return failure.slip_here(f"a comma is missing before {failure.shown}", rewrite=rewrite)
    if kind == END:
        closing = Rewrite(failure.last.end, failure.last.end, "]") if last in LITERALS else None
        return Slip(opening.start, opening.end, "the list is not closed", "end it with `]`", rewrite=closing)
    return failure.slip_here(f"a list holds literals alone, and {failure.shown} is none")


def _list_elsewhere(failure: Failure) -> Slip | None:
    """A list that is not to the right of `in`."""
    if failure.at.kind != "LIST_OPEN":
        return None
    message = "a list stands to the right of `in` and `not in` alone"
    operand = failure.left_operand(failure.index - 2)
    if failure.last.kind == "HAS":
        return failure.slip_here(message, f"write {_each(failure, operand)}")
    spelling = {"==": "in", "!=": "not in"}.get(failure.last.text)
    if not spelling:
        return failure.slip_here(message)
    rewrite = failure.word(failure.last.start, failure.last.end, spelling)
    return failure.slip_here(message, f"write `{operand} {spelling} […]`", rewrite)


def _each(failure: Failure, operand: str) -> str:
    """`x has "a" or x has "b"` for `x has ["a", "b"]`."""
    texts = []
    for word in failure.words[failure.index + 1 :]:
        if word.kind not in ("TEXT", "COMMA"):
            break
        if word.kind == "TEXT":
            texts.append(word.text)
    parts = [f"{operand} has {text}" for text in texts[:3]] or [f'{operand} has "a"', f'{operand} has "b"']
    return "`" + " or ".join(parts) + (" or …" if len(texts) > 3 else "") + "`"


def _after_in(failure: Failure) -> Slip | None:
    """`in "a"` and `in ("a", "b")`."""
    if failure.last.kind != "IN" or failure.at.kind not in (OPERAND_STARTS | {"MINUS"}):
        return None
    message = f"`in` takes a list in square brackets, not {failure.shown}"
    return failure.slip_here(message, 'write `in ["a", "b"]`, with the values', _in_brackets(failure))


def _in_brackets(failure: Failure) -> Rewrite | None:
    """`["a"]` for `"a"`, and `["a", "b"]` for `("a", "b")`."""
    if failure.at.kind in LITERALS - {"DATE"}:
        return Rewrite(failure.at.start, failure.at.end, f"[{failure.at.text}]")
    if failure.at.kind != "OPEN":
        return None
    words = failure.words[failure.index + 1 :]
    closing = next((i for i, word in enumerate(words) if word.kind == "CLOSE"), None)
    if not closing or any(
        word.kind not in LITERALS | {"COMMA", "MINUS"} - {"DATE"} for word in words[:closing]
    ):
        return None
    inner = failure.text[failure.at.end : words[closing].start]
    return Rewrite(failure.at.start, words[closing].end, f"[{inner.strip()}]")


def _date_call(failure: Failure) -> Slip | None:
    """`date` without what belongs to it."""
    kinds = [word.kind for word in failure.words[: failure.index]]
    if kinds[-1:] == ["DATE"]:
        return Slip(
            failure.last.start, failure.last.end, "`date` alone is no value", f"write {_EXAMPLE_DATE}"
        )
    if kinds[-2:] == ["DATE", "OPEN"]:
        return failure.slip_here("`date(…)` takes one text in quotes", f"write {_EXAMPLE_DATE}")
    if kinds[-3:] == ["DATE", "OPEN", "TEXT"]:
        return failure.slip_here(
            "`date(…)` takes one text in quotes and nothing else", f"write {_EXAMPLE_DATE}"
        )
    return None


def _call(failure: Failure) -> Slip | None:
    """`lower(order.channel)`."""
    if failure.at.kind != "OPEN" or failure.last.kind != "NAME":
        return None
    name = failure.last
    return Slip(
        name.start, name.end, f"conditions have no functions, and {quoted(name.text)} is called as one"
    )


def _power(failure: Failure) -> Slip | None:
    """`x ** 2`."""
    if failure.at.kind == failure.last.kind == "STAR" and failure.touching:
        return Slip(failure.last.start, failure.at.end, "conditions have no powers")
    return None


def _not_inside(failure: Failure) -> Slip | None:
    """`a == not b`."""
    if failure.at.kind != "NOT" or failure.last.kind in OPERAND_ENDS:
        return None
    operand = failure.slice(failure.index + 1, failure.right_end(failure.index + 1))
    message = f"`not` cannot stand right behind {quoted(failure.last.text)}"
    if not operand:
        return failure.slip_here(message)
    end = failure.words[failure.right_end(failure.index + 1)].end
    rewrite = Rewrite(failure.at.start, end, f"(not {operand})") if failure.last.kind == "COMPARE" else None
    return failure.slip_here(message, f"write `(not {operand})`", rewrite)


def _not_between(failure: Failure) -> Slip | None:
    """`a not b`."""
    before = failure.words[failure.index - 2] if failure.index > 1 else None
    if failure.last.kind != "NOT" or before is None or before.kind not in OPERAND_ENDS:
        return None
    message = "`not` between two operands is half of `not in`"
    help = "write `!=`, `not in [..]`, or `and not`"
    return Slip(failure.last.start, failure.last.end, message, help)


def _unbalanced(failure: Failure) -> Slip | None:
    """A parenthesis without its partner."""
    if failure.last.kind not in OPERAND_ENDS:
        return None
    opening = _open(failure, "OPEN", "CLOSE")
    if failure.at.kind == END and opening is not None:
        return Slip(
            failure.at.start,
            failure.at.end,
            "a `)` is missing",
            labels=((opening.start, opening.end, "closes this `(`"),),
        )
    if failure.at.kind == "CLOSE" and opening is None:
        return failure.slip_here("no `(` belongs to this `)`", "leave it out, or open it before")
    if failure.at.kind == "LIST_CLOSE":
        return failure.slip_here("no `[` belongs to this `]`", "leave it out, or open it before")
    return None


def _two_in_a_row(failure: Failure) -> Slip | None:
    """`spend 500`."""
    if failure.last.kind not in OPERAND_ENDS or failure.at.kind not in OPERAND_STARTS | {"NOT"}:
        return None
    last = failure.last
    message = f"an operator is missing between {quoted(last.text)} and {failure.shown}"
    if last.kind == "TEXT" and failure.touching:
        help = f"write `\\{last.text[0]}` for a quote inside of a text"
    elif last.kind == "NUMBER" and failure.at.kind == "NAME":
        help = "amounts and counts are plain numbers, without a unit"
    else:
        help = "write `and`, `or`, or a comparison such as `>=` between them"
    return Slip(last.start, failure.at.end, message, help)


def _missing_operand(failure: Failure) -> Slip | None:
    """`spend >=`, `and orders > 2`, `()`."""
    if failure.last.kind in OPERAND_ENDS or failure.at.kind in OPERAND_STARTS:
        return None
    if failure.index == 0:
        return failure.slip_here(
            f"nothing stands before {failure.shown}", "write what it belongs to on its left"
        )
    if failure.at.kind == END:
        message = f"nothing stands behind {quoted(failure.last.text)}"
        help = "write a name or a value there"
    else:
        message = f"nothing stands between {quoted(failure.last.text)} and {failure.shown}"
        help = "write a name or a value there"
    return failure.slip_here(message, help)


def _comma(failure: Failure) -> Slip | None:
    if failure.at.kind != "COMMA":
        return None
    return failure.slip_here("a comma stands only within a list", "join the parts by `and` or `or`")


def _open(failure: Failure, opening: str, closing: str) -> Word | None:
    """The innermost opening token before the failure that nothing closes before it."""
    opened = []
    for word in failure.words[: failure.index]:
        if word.kind == opening:
            opened.append(word)
        elif word.kind == closing and opened:
            opened.pop()
    return opened[-1] if opened else None


ORDER = (
    _chain,
    _date_call,
    _list,
    _list_elsewhere,
    _after_in,
    _call,
    _power,
    _not_inside,
    _not_between,
    _unbalanced,
    _comma,
    _two_in_a_row,
    _missing_operand,
)
