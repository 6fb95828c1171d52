"""Random small ladders, and every customer that they can tell apart: thresholds are so low that a grid has them all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from tiercel.compiler.analysis.evaluate import Value
from tiercel.compiler.model.condition import Reference
from tiercel.compiler.model.tree import Program
from tiercel.tests.properties.compiled import compile_text

HIGHEST = 3  # threshold
METRICS = ("spend", "orders", "points_earned")
ALL_METRICS = (*METRICS, *(f"lifetime.{metric}" for metric in METRICS))
WINDOWS = {
    "by year": "window: calendar_year",
    "rolling": "window: {rolling: {days: 90}}",
    "by year, refunds ignored": "window: calendar_year\n  refunds: ignore",
    "all time": "window: lifetime",
    "all time, refunds ignored": "window: lifetime\n  refunds: ignore",
}
_HEADER = """\
tiercel: 1
program: {name: Corner Shop, currency: JPY}
customer:
  vetted: boolean
  rank: integer
  since: date
  level: {one_of: [red, blue, green]}
vip:
"""
# What a customer can have of each name: all that conditions of the strategy below tell apart.
_VALUES: dict[str, list[Value]] = {
    **{metric: list(range(HIGHEST + 2)) for metric in ALL_METRICS},
    "customer.vetted": [False, True],
    "customer.rank": list(range(-2, HIGHEST + 2)),
    "customer.since": ["", "2019-12-31", "2020-01-01", "2020-01-02"],
    "customer.level": ["red", "blue", "green"],
    "customer.country": ["", "CA", "US", "FR"],
    "customer.tags": [frozenset(), frozenset(["a"]), frozenset(["b"]), frozenset(["a", "b"])],
}


@dataclass(frozen=True)
class Drawn:
    """A ladder before it is compiled: of each tier the condition, none for everyone; and which are by invitation."""

    window: str
    conditions: tuple[str | None, ...]
    invited: frozenset[int] = frozenset()

    def text(self) -> str:
        """The program file."""
        lines = [f"{_HEADER}  {WINDOWS[self.window]}\n  tiers:\n"]
        for index, condition in enumerate(self.conditions):
            when = "" if condition is None else f", when: {json.dumps(condition)}"
            asks = ", invite_only: true" if index in self.invited else when
            lines.append(f"    - {{id: t{index}, name: T{index}{asks}}}\n")
        return "".join(lines)

    def program(self) -> Program:
        """The program."""
        return compile_text(self.text())[0]


# --- conditions -----------------------------------------------------------------------------------------------

_OPERATORS = st.sampled_from([">=", ">=", ">", "<", "<=", "==", "!="])
_RELATED = st.sampled_from(
    [
        "2 * spend >= lifetime.spend",
        "spend + 1 <= lifetime.spend",
        "orders >= points_earned",
        "orders > lifetime.points_earned",
    ]
)


@st.composite
def clauses(draw: st.DrawFn, names: Sequence[str], related: bool = False) -> str:
    """A part of a condition on one of the names; at times one that relates two metrics."""
    if related and draw(st.integers(0, 3)) == 0:
        return draw(_RELATED)
    name = draw(st.sampled_from(names))
    if name in ALL_METRICS or name == "customer.rank":
        return f"{name} {draw(_OPERATORS)} {draw(st.integers(0, HIGHEST))}"
    match name:
        case "customer.vetted":
            return name
        case "customer.since":
            return f'{name} {draw(_OPERATORS)} date("2020-01-01")'
        case "customer.tags":
            return f'{name} has "{draw(st.sampled_from("ab"))}"'
    texts = ["CA", "US"] if name == "customer.country" else ["red", "blue", "green"]
    if draw(st.booleans()):
        return f'{name} {draw(st.sampled_from(["==", "!="]))} "{draw(st.sampled_from(texts))}"'
    chosen = draw(st.lists(st.sampled_from(texts), min_size=1, max_size=2, unique=True))
    return f"{name} {draw(st.sampled_from(['in', 'not in']))} {json.dumps(chosen)}"


@st.composite
def conditions(draw: st.DrawFn, names: Sequence[str], depth: int = 2, related: bool = False) -> str:
    """A condition that nests so deep."""
    form = draw(st.sampled_from(["clause", "clause", "and", "or", "not"])) if depth else "clause"
    if form == "clause":
        return draw(clauses(names, related))
    parts = [
        f"({draw(conditions(names, depth - 1, related))})"
        for _ in range(1 if form == "not" else draw(st.integers(2, 3)))
    ]
    return f"not {parts[0]}" if form == "not" else f" {form} ".join(parts)


NAMES = st.lists(st.sampled_from([*ALL_METRICS, *_VALUES]), min_size=1, max_size=3, unique=True)


@st.composite
def ladders(
    draw: st.DrawFn, names: Sequence[str] = (), related: bool = False, windows: Iterable[str] = WINDOWS
) -> Drawn:
    """A ladder that reads few names, so that its grid is small."""
    read = names or draw(NAMES)
    asked = draw(st.lists(conditions(read, related=related), min_size=1, max_size=4))
    first = [] if draw(st.integers(0, 4)) == 0 else [None]
    return Drawn(draw(st.sampled_from(list(windows))), (*first, *asked))


# --- customers ------------------------------------------------------------------------------------------------


def grid(window: str, names: Iterable[Reference], most: int | None = None) -> Iterator[dict[str, Value]]:
    """Every customer, by the names; `most` is the greatest value of a metric, if not just past the thresholds."""
    paths = list(dict.fromkeys(name.path for name in names))
    values = [
        list(range(most + 1)) if most is not None and path in ALL_METRICS else _VALUES[path] for path in paths
    ]
    for point in product(*values):
        customer = dict(zip(paths, point, strict=True))
        if there_can_be(customer, window):
            yield customer


def there_can_be(customer: Mapping[str, Value], window: str) -> bool:
    """Whether a customer can have these metrics; what is not among them decides nothing."""
    refunds_ignored = "refunds ignored" in window
    for scope in ("", "lifetime."):
        takes = [scope, "lifetime."] if not refunds_ignored else [scope]
        if customer.get(f"{scope}spend", 0) and any(customer.get(f"{s}orders", 1) == 0 for s in takes):
            return False
    if refunds_ignored:
        return True
    for metric in METRICS:
        own, whole = customer.get(metric), customer.get(f"lifetime.{metric}")
        if own is not None and whole is not None:
            assert isinstance(own, int)
            assert isinstance(whole, int)
            if own > whole or (window == "all time" and own != whole):
                return False
    # Where the window is all time, a metric is known by either of its names.
    return window != "all time" or not any(
        customer.get(a, 0) and customer.get(b, 1) == 0
        for a, b in product(("spend", "lifetime.spend"), ("orders", "lifetime.orders"))
    )
