"""What can be written at a place of a program: keys, values, ids, and what goes on a condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..compiler.model.scope import Scope
from ..compiler.node import Node, node
from ..compiler.source import Span
from ..compiler.syntax.tree import Mapping
from ..schema import program_schema
from .condition_words import Texts, next_words
from .declared import attributes, conditions, place_of, root_of, tiers
from .keys import as_items, first_keys, item_shape, keys
from .scan import Role, Spot, is_first, said_lines, spot_at
from .shapes import ITEM, Shape, shape_at
from .suggestion import Sort, Suggestion
from .values import values
from .view import View

STARTER = """\
tiercel: 1

program:
  name: ${1:My rewards}
  currency: ${2:USD}

vip:
  tiers:
    - id: ${3:member}
      name: ${4:Member}
    - id: ${5:gold}
      name: ${6:Gold}
      when: spend >= ${7:500}

earn:
  - id: orders
    activity: order
    points: {${3}: ${8:1}, ${5}: ${9:2}}
    per: ${10:1.00}
"""

_COMPARED = re.compile(
    r"""([a-z][\w.]*)\s*(?:==|!=|has|(?:not\s+)?in\s*\[)\s*((?:"[^"\\]*"|'[^'\\]*')(?:\s*,\s*(?:"[^"\\]*"|'[^'\\]*'))*)"""
)
_TEXT = re.compile(r""""([^"\\]*)"|'([^'\\]*)'""")


@node
class Offer(Node):
    """What can be written, best first, each in the place of `span`."""

    span: Span
    suggestions: tuple[Suggestion, ...]


def complete(view: View, offset: int) -> Offer | None:
    """What can be written at an offset; none in a comment, and in a file that is no program."""
    if not _may_be_program(view):
        return None
    spot = spot_at(view.content, offset)
    if spot is None:
        return None
    root = root_of(view, offset)
    shape = shape_at(program_schema(), spot.path, spot.beside)
    place = place_of(spot.path, _activity(spot)) if spot.role is Role.VALUE else None
    if place is not None:
        return _in_condition(spot, Scope(place, attributes(root)), _texts(root), offset)
    if shape is None:
        return None
    found = list(_keys(spot, shape, root) if spot.role is Role.KEY else _value(spot, shape, root))
    if is_first(view.content, spot):
        found.append(_starter())
    return Offer(Span(spot.start, offset), tuple(found)) if found else None


def _may_be_program(view: View) -> bool:
    """Whether the file is a program, or nothing yet: nothing but comments and a word that is being written."""
    if view.draft.has_scenarios:
        return False
    lines = said_lines(view.content)
    return (
        view.draft.is_program or not lines or (len(lines) == 1 and re.fullmatch(r"\w*", lines[0]) is not None)
    )


def _activity(spot: Spot) -> str:
    return str(spot.beside[-2].get("activity", "")) if len(spot.beside) > 1 else ""


def _starter() -> Suggestion:
    detail = "a program with two tiers and a rule for orders"
    return Suggestion("a new program", Sort.SNIPPET, STARTER, detail, snippet=True)


# --- keys -----------------------------------------------------------------------------------------------------


def _keys(spot: Spot, shape: Shape, root: Mapping | None) -> Iterator[Suggestion]:
    """The keys that can be there; or how an item of a list begins."""
    if shape.is_list:
        yield from _item(spot, root)
        return
    if spot.path[:1] == ("earn",) and spot.path[2:] == ("points",):
        there = spot.beside[-1].keys() - {spot.text}
        yield from (_tier_key(tier, name) for tier, name in tiers(root).items() if tier not in there)
    elif not shape.keys and not shape.is_mapping:
        yield from _value(spot, shape, root)
    yield from keys(program_schema(), spot, shape)


def _tier_key(tier: str, name: str) -> Suggestion:
    return Suggestion(tier, Sort.ID, f"{tier}: ", f"the rate in {name}")


def _item(spot: Spot, root: Mapping | None) -> Iterator[Suggestion]:
    """The beginnings of an item of a list: its first key, or the values that it can be."""
    shape = item_shape(program_schema(), spot)
    if shape is None:
        return
    yield from first_keys(shape)
    if not shape.keys:
        offered = list(as_items(values((*spot.path, ITEM), shape, tiers(root))))
        yield from offered or [Suggestion("- ", Sort.KEY, "- ", shape.kind, shape.description)]


# --- values ---------------------------------------------------------------------------------------------------


def _value(spot: Spot, shape: Shape, root: Mapping | None) -> Iterator[Suggestion]:
    if spot.text[:1] in ("'", '"', "|", ">"):
        return
    space = " " if spot.glued else ""
    for offered in values(spot.path, shape, tiers(root)):
        text = space + offered.text
        yield Suggestion(
            offered.label, offered.sort, text, offered.detail, offered.documentation, offered.snippet
        )


# --- conditions -----------------------------------------------------------------------------------------------


def _in_condition(spot: Spot, scope: Scope, texts: Texts, offset: int) -> Offer | None:
    written, quote = spot.text, '"'
    if written[:1] in ("'", '"'):
        quote = "'" if written[0] == '"' else '"'
        written = written[1:]
    elif written[:1] in ("|", ">"):
        written = written.partition("\n")[2]
    begun, found = next_words(written, scope, texts, quote)
    if not found:
        return None
    if spot.glued:
        found = [Suggestion(s.label, s.sort, f" {s.text}", s.detail, s.documentation) for s in found]
    return Offer(Span(offset - len(begun), offset), tuple(found))


def _texts(root: Mapping | None) -> dict[str, list[str]]:
    """The texts with which each name is compared, in file order."""
    found: dict[str, dict[str, None]] = {}
    for condition in conditions(root):
        for name, compared in _compared(condition.text):
            found.setdefault(name, {})[compared] = None
    return {name: list(texts) for name, texts in found.items()}


def _compared(text: str) -> Iterable[tuple[str, str]]:
    for name, listed in _COMPARED.findall(text):
        yield from ((name, double or single) for double, single in _TEXT.findall(listed))
