"""Which of the effects that came about are those that were expected, and if none is, how near the nearest comes."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..compiler.node import Node as NodeBase
from ..compiler.node import node
from ..compiler.source import Span
from ..compiler.syntax.tree import Mapping
from ..compiler.syntax.tree import Node as Written
from ..compiler.syntax.tree import Sequence as List
from .effect_lines import flow, scalar
from .tree import Pattern, Patterns
from .values import EFFECTS, Known, Met

Effect = MappingABC[str, Any]


class Part(NamedTuple):
    """A key of a pattern: what is wanted, as written and as a test, and where that stands."""

    key: str
    wanted: str
    met: Met
    span: Span


class Wanted(NamedTuple):
    """A pattern, read against the program."""

    pattern: Pattern
    parts: list[Part]

    def missed(self, effect: Effect) -> list[Part]:
        """The keys that an effect of the kind has otherwise."""
        return [part for part in self.parts if not part.met(effect[part.key])]

    def fits(self, effect: Effect) -> bool:
        """Whether an effect is what is wanted."""
        return bool(effect["kind"] == self.pattern.kind and not self.missed(effect))


@node
class Miss(NodeBase):
    """Why effects are not what was expected: the message and its place; the nearest effect's rule or tier, if any."""

    message: str
    span: Span
    expected: str
    actual: str | None


def wanted(pattern: Pattern, known: Known) -> Wanted:
    """A pattern read against the program. Raises `BadValue`."""
    entries = pattern.keys.entries if pattern.keys else ()
    kinds = EFFECTS[pattern.kind]
    parts = [
        Part(e.key.text, flow_of(e.value), kinds[e.key.text](e.key.text, e.value, known), e.value.span)
        for e in entries
    ]
    return Wanted(pattern, parts)


def flow_of(written: Written) -> str:
    """A node of the file on one line."""
    if isinstance(written, Mapping):
        return "{" + ", ".join(f"{scalar(e.key.text)}: {flow_of(e.value)}" for e in written.entries) + "}"
    if isinstance(written, List):
        return "[" + ", ".join(map(flow_of, written.items)) + "]"
    return scalar(written.text)


def line_of(pattern: Wanted) -> str:
    """A pattern as `points_earned: {rule: reading, points: 300}`."""
    parts = ", ".join(f"{part.key}: {part.wanted}" for part in pattern.parts)
    return f"{pattern.pattern.kind}: {{{parts}}}" if parts else pattern.pattern.kind


def missing(patterns: Sequence[Wanted], effects: Sequence[Effect]) -> Miss | None:
    """The first pattern that is not there, in order; none where all are."""
    at = 0
    for pattern in patterns:
        found = next((i for i, effect in enumerate(effects[at:], at) if pattern.fits(effect)), None)
        if found is None:
            return _miss(pattern, effects, at)
        at = found + 1
    return None


def inexact(patterns: Sequence[Wanted], effects: Sequence[Effect], place: Patterns) -> Miss | None:
    """Where the effects differ from a list that has to be all of them."""
    for index, pattern in enumerate(patterns):
        if index >= len(effects) or not pattern.fits(effects[index]):
            return _miss(pattern, effects, index)
    if len(effects) > len(patterns):
        extra = effects[len(patterns)]
        span = patterns[-1].pattern.span if patterns else place.span
        what = f"{len(patterns)} effect{'' if len(patterns) == 1 else 's'}"
        message = f"{what} expected, and {len(effects)} came about: `{extra['kind']}` is one more"
        return Miss(message, span, what if patterns else "no effects", str(len(effects)))
    return None


def forbidden(pattern: Wanted, effects: Sequence[Effect]) -> Effect | None:
    """An effect that should not have come about."""
    return next((effect for effect in effects if pattern.fits(effect)), None)


def _miss(pattern: Wanted, effects: Sequence[Effect], at: int) -> Miss:
    kind, line = pattern.pattern.kind, line_of(pattern)
    if any(pattern.fits(effect) for effect in effects[:at]):
        message = f"this `{kind}` came about before the effects above it, or once less than expected"
        return Miss(message, pattern.pattern.span, line, None)
    near = _nearest(pattern, [e for e in effects[at:] if e["kind"] == kind])
    if near is not None:
        missed = pattern.missed(near)
        part = missed[0]
        actual = flow(near[part.key]) if isinstance(near[part.key], dict) else scalar(near[part.key])
        return Miss(
            f"`{part.key}` of `{kind}` is {actual}, and not {part.wanted}", part.span, part.wanted, actual
        )
    where = "came about" if at == 0 else "came about after the effects above it"
    if any(pattern.fits(effect) for effect in effects[at:]):
        return Miss(f"something else comes before this `{kind}`", pattern.pattern.span, line, None)
    return Miss(f"no such `{kind}` {where}", pattern.pattern.span, line, None)


def _nearest(pattern: Wanted, effects: Sequence[Effect]) -> Effect | None:
    """Of effects of the kind the one that misses least; none where none shares a key that names something."""
    named = [part for part in pattern.parts if part.key in ("rule", "tier", "order", "customer")]
    about = [e for e in effects if all(part.met(e[part.key]) for part in named)]
    misses = [e for e in about if pattern.missed(e)]
    return min(misses, key=lambda effect: len(pattern.missed(effect)), default=None)
