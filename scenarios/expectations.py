"""From the node under `expect` to what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.diagnostics import Report
from ..compiler.source import Span
from ..compiler.syntax.nearest import suggestion
from ..compiler.syntax.refusals import shown
from ..compiler.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from ..schema import scenario_schema
from .tree import Expectation, MemberPattern, Pattern, Patterns, Word

OUTCOMES = ("applied", "duplicate", "rejected")


def read_expectation(node: Mapping, key: Span, report: Report) -> Expectation | None:
    """The expectation; none where it cannot be read. `key` is where `expect` stands."""
    if not node.entries:
        report.error(
            "bad-step", key, "nothing is expected here", help="say what has to be true, or leave it out"
        )
        return None
    found = {name: _patterns(node.get(name), report) for name in ("effects", "exactly", "not")}
    outcome, reason = _word(node, "outcome", OUTCOMES, report), _word(node, "reason", _reasons(), report)
    _check_together(node, outcome, report)
    snapshot = node.get("snapshot")
    return Expectation(
        outcome,
        reason,
        found["effects"],
        found["exactly"],
        found["not"],
        tuple(_members(node, report)),
        snapshot if isinstance(snapshot, Scalar) else None,
        key,
    )


def own_keys() -> frozenset[str]:
    """The keys of an expectation that are not names of members."""
    return frozenset(scenario_schema()["definitions"]["expect"]["properties"])


def _reasons() -> tuple[str, ...]:
    return tuple(scenario_schema()["definitions"]["expect"]["properties"]["reason"]["enum"])


def _word(node: Mapping, key: str, known: tuple[str, ...], report: Report) -> Word | None:
    value = node.get(key)
    if not isinstance(value, Scalar):
        return None
    if value.text not in known:
        message = f"`{key}` cannot be `{shown(value.text)}`"
        report.error("bad-value", value.span, message, help=suggestion(value.text, known) or _all_of(known))
    return Word(value.text, value.span)


def _all_of(known: tuple[str, ...]) -> str:
    return f"known here: {', '.join(f'`{word}`' for word in known)}"


def _check_together(node: Mapping, outcome: Word | None, report: Report) -> None:
    reason, effects, exactly = (node.entry(key) for key in ("reason", "effects", "exactly"))
    if reason and (outcome is None or outcome.text != "rejected"):
        message = "only an event that is rejected has a `reason`"
        report.error("key-not-here", reason.key.span, message, help="add `outcome: rejected`")
    if effects and exactly:
        message = "`exactly` lists all effects, and `effects` some of them"
        report.error("key-not-here", effects.key.span, message, help="keep one of the two")
    for entry in filter(None, (effects, node.entry("not"))):
        if isinstance(entry.value, Sequence) and not entry.value.items:
            message = f"`{entry.key.text}` is empty, and says nothing"
            report.error(
                "bad-value", entry.value.span, message, help="for no effects at all, write `exactly: []`"
            )


def _members(node: Mapping, report: Report) -> Iterator[MemberPattern]:
    for entry in node.entries:
        if entry.key.text in own_keys() or not isinstance(entry.value, Mapping):
            continue
        if not entry.value.entries:
            message = f"nothing is expected of `{shown(entry.key.text)}`"
            report.error("bad-step", entry.key.span, message, help="say what has to be true, or leave it out")
            continue
        _check_existence(entry, report)
        yield MemberPattern(Word(entry.key.text, entry.key.span), entry.value)


def _check_existence(entry: Entry, report: Report) -> None:
    assert isinstance(entry.value, Mapping)
    exists = entry.value.entry("exists")
    if (
        exists
        and isinstance(exists.value, Scalar)
        and exists.value.text == "false"
        and len(entry.value.entries) > 1
    ):
        other = next(e for e in entry.value.entries if e is not exists)
        message = f"who does not exist has no `{other.key.text}`"
        report.error("key-not-here", other.key.span, message, help=f"leave `{other.key.text}` out")


def _patterns(node: Node | None, report: Report) -> Patterns | None:
    if not isinstance(node, Sequence):
        return None
    return Patterns(tuple(p for item in node.items if (p := _pattern(item, report))), node.span)


def _pattern(node: Node, report: Report) -> Pattern | None:
    known = scenario_schema()["definitions"]["effect"]["properties"]
    if isinstance(node, Scalar):
        if node.text in known:
            return Pattern(node.text, None, node.span)
        message = f"there is no effect `{shown(node.text)}`"
        report.error(
            "unknown-name", node.span, message, help=suggestion(node.text, known) or _all_of(tuple(known))
        )
        return None
    assert isinstance(node, Mapping)
    if len(node.entries) != 1:
        span = node.entries[1].key.span if node.entries else node.span
        help = "indent it below the effect, or begin an effect of its own with a dash"
        report.error("bad-step", span, "an effect is one key, its kind", help=help)
        return None
    entry = node.entries[0]
    assert isinstance(entry.value, Mapping)
    return Pattern(entry.key.text, entry.value, Span(entry.key.span.start, node.span.end))
