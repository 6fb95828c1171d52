"""The keys that can be written at a place, by the schema, and how an item of a list begins."""

from __future__ import annotations

from collections.abc import Iterator

from .scan import Spot
from .shapes import ITEM, Schema, Shape, shape_at
from .suggestion import Sort, Suggestion
from .values import default_words


def keys(schema: Schema, spot: Spot, shape: Shape) -> Iterator[Suggestion]:
    """The keys that can be there and are not yet, those first that have to be."""
    there = spot.beside[-1].keys() - {spot.text}
    known = [key for key in shape.keys if key not in there]
    for key in sorted(known, key=lambda key: key not in shape.required):
        below = shape_at(schema, (*spot.path, key), spot.beside)
        if below is not None:
            yield _key(key, below, required=key in shape.required, bracketed=spot.bracketed)


def _key(key: str, shape: Shape, *, required: bool, bracketed: bool) -> Suggestion:
    kind = shape.kind or ("a mapping" if shape.is_mapping else ", ".join(word.text for word in shape.words))
    detail = f"required, {kind}" if required else kind
    behind = "" if (shape.is_mapping or shape.is_list) and not bracketed else " "
    return Suggestion(key, Sort.KEY, f"{key}:{behind}", detail, _documented(shape))


def _documented(shape: Shape) -> str:
    default = default_words(shape.default)
    return shape.description + (f"\n\nDefault: `{default}`" if default else "")


def item_shape(schema: Schema, spot: Spot) -> Shape | None:
    """The shape of an item of the list at a place."""
    return shape_at(schema, (*spot.path, ITEM), spot.beside)


def first_keys(shape: Shape) -> Iterator[Suggestion]:
    """How an item begins that is a mapping: with the first key that it has to have, else with any."""
    for key in shape.required[:1] or shape.keys:
        detail = f"{shape.kind}, beginning with its `{key}`"
        yield Suggestion(f"- {key}:", Sort.KEY, f"- {key}: ", detail, shape.description)


def as_items(offered: Iterator[Suggestion]) -> Iterator[Suggestion]:
    """The same as items of a list."""
    for each in offered:
        yield Suggestion(
            f"- {each.label}", each.sort, f"- {each.text}", each.detail, each.documentation, each.snippet
        )
