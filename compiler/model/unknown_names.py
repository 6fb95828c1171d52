"""What to say about a name that a condition cannot read."""

from __future__ import annotations

from ..diagnostics import Fix, Label, Report
from ..syntax.nearest import clearly, listed, named
from ..syntax.tree import Name
from .excerpts import shortened
from .mending import write
from .scope import Place, Scope

_KEYWORDS = frozenset({"or", "and", "not", "in", "has", "true", "false", "date"})
_CALLED = {
    Place.TIER: ("tiers",),
    Place.RETAIN: ("tiers",),
    Place.RULE_ON_ORDERS: ("rules on orders",),
    Place.RULE_ON_ACTIVITY: ("rules on activities",),
    Place.RULE_ITEMS: ("`items`", "`contains`"),
    Place.EXCLUDE_CUSTOMERS: ("`exclude.customers`",),
    Place.EXCLUDE_ORDERS: ("`exclude.orders`",),
    Place.EXCLUDE_ITEMS: ("`exclude.items`",),
}


def report_unknown_name(name: Name, scope: Scope, report: Report) -> None:
    """`unknown-name`: a name that other places read, or one that no place does."""
    shown = shortened(name.path)
    places = list(dict.fromkeys(word for place in scope.places(name.path) for word in _CALLED[place]))
    if places:
        message = f"{shown} cannot be read in {scope.place.value}, only in {_joined(places)}"
        attribute = scope.attributes.get(name.path)
        labels = [Label(attribute.span, "declared here")] if attribute else []
        report.error("unknown-name", name.span, message, labels=labels, help=_instead(name.path, scope))
        return
    message = f"{shown} is no name that a condition knows"
    report.error("unknown-name", name.span, message, help=_help(name.path, scope), fixes=_fixes(name, scope))


def _fixes(name: Name, scope: Scope) -> list[Fix]:
    """The name that is meant: safe where it is misspelled, for people to choose where it is called otherwise."""
    path = name.path[:100]
    if path.lower() in _KEYWORDS:
        return [write(name.span, path.lower())]
    root, _, last = path.lower().rpartition(".")
    siblings = {known.rpartition(".")[2]: known for known in scope.names if known.rpartition(".")[0] == root}
    found = clearly(last, siblings) or clearly(path.lower(), scope.names)
    if found is not None:
        return [write(name.span, siblings.get(found, found))]
    same = [known for known in scope.names if known.rpartition(".")[2] == last]
    return [write(name.span, same[0], safe=False)] if len(same) == 1 else []


def _help(path: str, scope: Scope) -> str | None:
    if path.lower() in _KEYWORDS:
        return f"write `{path.lower()}`"
    found = scope.nearest(path[:100])
    if found is not None:
        return f"did you mean `{found}`?"
    if path.lower().startswith("customer.") and not scope.attributes and "customer.tags" in scope.names:
        return "declare an attribute under `customer`, at the top of the file, to read it"
    root = path.partition(".")[0] + "."
    siblings = [known for known in scope.names if known.startswith(root)]
    return f"read here are {named(siblings, 10) if siblings else _roots(scope)}"


def _instead(path: str, scope: Scope) -> str | None:
    """Help for a name of another place: what has its last word here."""
    last = path.rpartition(".")[2]
    same = [name for name in scope.names if name.rpartition(".")[2] == last]
    return f"`{same[0]}` can be read here" if same else None


def _roots(scope: Scope) -> str:
    """The names of a place, those with a common first word as one: "`spend`, `orders`, `customer.…`"."""
    roots = dict.fromkeys(name if "." not in name else name.partition(".")[0] + ".…" for name in scope.names)
    return listed(roots)


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
