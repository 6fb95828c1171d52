"""What is said about a place of a program when someone points at it."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.model.scope import Scope
from ..compiler.model.types import called
from ..compiler.node import Node, node
from ..compiler.source import Span
from ..schema import program_schema
from .cards import card
from .declared import attributes, place_of
from .index import Use, names_in, use_at
from .name_words import meaning, where_read
from .paths import Found, found_at
from .shapes import ITEM, Schema, Shape, shape_at
from .values import default_words
from .view import Reading, View


@node
class Said(Node):
    """Markdown about a stretch of the text."""

    span: Span
    markdown: str


def hover(view: View, offset: int) -> Said | None:
    """What is known of what stands at an offset."""
    reading, old = view.reading, view.old(offset)
    if reading is None or old is None:
        return None
    for found in _found(view, reading, old):
        span = view.new(found.span)
        if span is not None and span.start <= offset <= span.end:
            return Said(span, found.markdown)
    return None


def _found(view: View, reading: Reading, offset: int) -> Iterator[Said]:
    """Everything that can be said, the most telling first; places are those of the reading."""
    use = use_at(reading.uses, offset)
    if use is not None:
        yield from _of_use(view, use)
    found = found_at(reading.tree.root, offset)
    if found is not None:
        yield from _in_condition(reading, found, offset)
        said = about_place(program_schema(), found)
        if said:
            yield said


def _of_use(view: View, use: Use) -> Iterator[Said]:
    text = card(use.thing, use.name, view.program) if view.program else None
    if text:
        yield Said(use.span, text)


def _in_condition(reading: Reading, found: Found, offset: int) -> Iterator[Said]:
    """A name that a condition reads: its type, its meaning, and where it is read."""
    activity = str(found.beside[-2].get("activity", "")) if len(found.beside) > 1 else ""
    place = None if found.key else place_of(found.path, activity)
    if place is None:
        return
    scope = Scope(place, attributes(reading.tree.root))
    for path, span in names_in(reading.source, found.scalar):
        if span.start <= offset <= span.end and scope.places(path):
            type = scope.names.get(path)
            head = f"**`{path}`**, {called(type)}" if type else f"**`{path}`**, not read here"
            said = [head, meaning(path, scope.attributes), f"Read in {where_read(scope, path)}."]
            yield Said(span, "\n\n".join(said))


def about_place(schema: Schema, found: Found) -> Said | None:
    """What a schema says of a key, or of a word that is a value."""
    shape = shape_at(schema, found.path, found.beside)
    if shape is None or not shape.description:
        return None
    key = next((step for step in reversed(found.path) if step != ITEM), "")
    if found.key:
        return Said(found.scalar.span, _about_key(key, shape))
    meaning = next((word.meaning for word in shape.words if word.text == found.scalar.text), "")
    said = f"**`{found.scalar.text}`**\n\n{meaning}" if meaning else _about_key(key, shape)
    return Said(found.scalar.span, said)


def _about_key(key: str, shape: Shape) -> str:
    parts = [f"**`{key}`**" + (f", {shape.kind}" if shape.kind else ""), shape.description]
    if shape.words:
        parts.append(
            "\n".join(f"- `{w.text}`" + (f": {w.meaning}" if w.meaning else "") for w in shape.words)
        )
    default = default_words(shape.default)
    return "\n\n".join([*parts, f"Default: `{default}`"] if default else parts)
