"""What is said about a place of a file of scenarios, and where what it names is declared."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.node import Node, node
from ..compiler.source import Span
from ..schema import scenario_schema
from .cards import card
from .hover import Said, about_place
from .neighbours import Neighbour, Neighbours
from .paths import Found, found_at
from .scenario_names import Named, is_step, named_at
from .shapes import shape_at
from .step_words import VERBS_SAID, verb_at
from .view import Reading, View

PROGRAM = "the path of a program file"  # what such a value is called in the schema


@node
class There(Node):
    """A place in a program."""

    neighbour: Neighbour
    span: Span


def scenario_hover(view: View, offset: int, programs: Neighbours) -> Said | None:
    """What is known of what stands at an offset. To be asked while nothing else is compiled."""
    reading, old = view.reading, view.old(offset)
    found = found_at(reading.tree.root, old) if reading is not None and old is not None else None
    if reading is None or old is None or found is None:
        return None
    for said in _said(view, reading, found, old, programs):
        span = view.new(said.span)
        if span is not None and span.start <= offset <= span.end:
            return Said(span, said.markdown)
    return None


def _said(view: View, reading: Reading, found: Found, offset: int, programs: Neighbours) -> Iterator[Said]:
    """Everything that can be said, the most telling first; places are those of the reading."""
    named = _named(reading, found, offset)
    neighbour = programs.of(view.draft.name, found.beside) if named else None
    if named and neighbour and neighbour.program:
        text = card(named.thing, named.name, neighbour.program)
        if text:
            yield Said(named.span, text)
    if not found.key and is_step(found.path):
        verb = verb_at(reading.source, found.scalar, offset)
        said = Said(verb.span, f"**`{verb.text}`**\n\n{VERBS_SAID[verb.text]}") if verb else None
    else:
        said = about_place(scenario_schema(), found)
    if said:
        yield said


def _named(reading: Reading, found: Found, offset: int) -> Named | None:
    return named_at(reading.source, found, shape_at(scenario_schema(), found.path, found.beside), offset)


def scenario_definition(view: View, offset: int, programs: Neighbours) -> There | None:
    """Where the name at an offset is declared; of the path of a program, its beginning."""
    reading, old = view.reading, view.old(offset)
    found = found_at(reading.tree.root, old) if reading is not None and old is not None else None
    if reading is None or old is None or found is None:
        return None
    shape = shape_at(scenario_schema(), found.path, found.beside)
    if shape and shape.kind == PROGRAM and not found.key:
        there = programs.named(view.draft.name, found.scalar.text)
        return There(there, Span(0, 0)) if there else None
    named = _named(reading, found, old)
    there = programs.of(view.draft.name, found.beside) if named else None
    return _declared(there, named) if there and named else None


def _declared(there: Neighbour, named: Named) -> There | None:
    uses = there.view.reading.uses if there.view.reading else []
    wanted = (use for use in uses if use.declares and (use.thing, use.name) == (named.thing, named.name))
    spans = (span for use in wanted if (span := there.view.new(use.span)) is not None)
    return next((There(there, span) for span in spans), None)
