"""What can be written at a place of a file of scenarios: keys, steps, and the names that its program declares."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.source import Span
from ..schema import scenario_schema
from .completion import Offer
from .keys import as_items, first_keys, item_shape, keys
from .neighbours import Neighbours
from .scan import Role, Spot, is_first, spot_at
from .scenario_hover import PROGRAM
from .scenario_names import NONE, THINGS, Names, is_step, members, names_of
from .shapes import ITEM, Shape, shape_at
from .step_words import next_in_step
from .suggestion import Sort, Suggestion
from .values import mapping_in_brackets, words
from .view import View

STARTER = """\
tiercel-test: 1

scenarios:
  - scenario: ${1:Whoever joins begins with nothing}
    steps:
      - ${2:ann} joins
      - expect: {${2}: {balance: ${3:0}}}
"""


def complete_scenarios(view: View, offset: int, programs: Neighbours) -> Offer | None:
    """What can be written at an offset; none in a comment."""
    spot = spot_at(view.content, offset)
    shape = shape_at(scenario_schema(), spot.path, spot.beside) if spot else None
    if spot is None or shape is None:
        return None
    writer = _Writer(view, spot, programs)
    if is_step(spot.path) and spot.text[:1] in ("'", '"', "|", ">"):
        return None
    if is_step(spot.path):
        begun, found = writer.step(shape)
    else:
        begun, found = spot.text, list(writer.keys(shape) if spot.role is Role.KEY else writer.value(shape))
    if is_first(view.content, spot):
        found.append(Suggestion("new scenarios", Sort.SNIPPET, STARTER, "a file with one", snippet=True))
    return Offer(Span(offset - len(begun), offset), tuple(found)) if found else None


class _Writer:
    """Knows what can be written at one place."""

    def __init__(self, view: View, spot: Spot, programs: Neighbours) -> None:
        self._view = view
        self._spot = spot
        self._programs = programs

    def _names(self) -> Names:
        there = self._programs.of(self._view.draft.name, self._spot.beside)
        return names_of(there.root if there else None)

    def _members(self) -> list[str]:
        return list(members(self._view.content))

    def step(self, shape: Shape) -> tuple[str, list[Suggestion]]:
        """A step: of one that begins, the keys too that it can have."""
        begun, found = next_in_step(self._spot.text, self._names(), self._members())
        first = begun == self._spot.text
        if not first or self._spot.beside[-1].keys() - {begun}:
            return begun, [] if first else found
        known = list(keys(scenario_schema(), self._spot, shape))
        if self._spot.role is Role.VALUE:
            known = list(mapping_in_brackets(shape))
        return begun, found + known

    def keys(self, shape: Shape) -> Iterator[Suggestion]:
        """The keys that can be there; or how an item of a list begins."""
        if shape.is_list:
            yield from self._item()
            return
        if self._spot.path[-1:] == ("expect",):
            there = self._spot.beside[-1].keys() - {self._spot.text}
            named = [name for name in self._members() if name not in there]
            yield from (Suggestion(name, Sort.NAME, f"{name}: ", "a member") for name in named)
        if not shape.keys and not shape.is_mapping:
            yield from self.value(shape)
        yield from keys(scenario_schema(), self._spot, shape)

    def _item(self) -> Iterator[Suggestion]:
        shape = item_shape(scenario_schema(), self._spot)
        if shape is None:
            return
        if is_step((*self._spot.path, ITEM)):
            yield from as_items(iter(next_in_step("", self._names(), self._members())[1]))
        yield from first_keys(shape)
        if not shape.keys:
            yield Suggestion("- ", Sort.KEY, "- ", shape.kind, shape.description)

    def value(self, shape: Shape) -> Iterator[Suggestion]:
        """The values that can be listed, with a space before them where one is missing."""
        if self._spot.text[:1] in ("'", '"', "|", ">"):
            return
        space = " " if self._spot.glued else ""
        for each in self._values(shape):
            yield Suggestion(
                each.label, each.sort, space + each.text, each.detail, each.documentation, each.snippet
            )

    def _values(self, shape: Shape) -> Iterator[Suggestion]:
        if shape.kind == PROGRAM:
            yield from (Suggestion(p, Sort.WORD, p) for p in self._programs.beside(self._view.draft.name))
        elif shape.kind in THINGS:
            named = self._names().of(THINGS[shape.kind])
            yield from (Suggestion(name, Sort.ID, name, said) for name, said in named.items())
            if f"`{NONE}`" in shape.kind:
                yield Suggestion(NONE, Sort.WORD, NONE)
        else:
            if self._spot.path[-1:] == ("expect",):
                yield from map(_about_member, self._members())
            yield from words(shape)
            yield from mapping_in_brackets(shape)


def _about_member(name: str) -> Suggestion:
    return Suggestion(f"{{{name}: …}}", Sort.SNIPPET, f"{{{name}: {{$1}}}}", "a member", snippet=True)
