"""Where a name is declared and used, and what has to be written for it to be called something else."""

from __future__ import annotations

import re

from ..compiler.diagnostics import Edit
from ..compiler.model.scope import BUILT_IN_ATTRIBUTES
from ..compiler.node import Node, node
from ..compiler.source import Span
from ..compiler.syntax.plain_scalars import kind_of_plain
from ..compiler.syntax.tree import Kind
from .index import Thing, Use, use_at
from .view import View

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]*")


class Refused(Exception):
    """A name cannot be changed, or not to this; the message says why."""


@node
class Occurrence(Node):
    """A name where it stands now, without its quotes."""

    span: Span
    declares: bool


def occurrences(view: View, offset: int) -> list[Occurrence]:
    """Every place of the name at an offset, in file order; nothing where there is no name."""
    use = _use(view, offset)
    if use is None or view.reading is None:
        return []
    same = [u for u in view.reading.uses if (u.thing, u.name) == (use.thing, use.name)]
    moved = [(view.new(_bare(u)), u.declares) for u in same]
    return [Occurrence(span, declares) for span, declares in moved if span is not None]


def definition(view: View, offset: int) -> list[Span]:
    """Where the name at an offset is declared."""
    return [found.span for found in occurrences(view, offset) if found.declares]


def renamable(view: View, offset: int) -> Span | None:
    """The name at an offset, if it can be changed."""
    use = _use(view, offset)
    if use is None or not view.draft.reading or not _is_declared(view, use):
        return None
    return _bare(use)


def rename(view: View, offset: int, name: str) -> list[Edit]:
    """The changes after which the name at an offset is another one, everywhere. Raises `Refused`."""
    reading, use = view.draft.reading, _use(view, offset)
    if reading is None:
        raise Refused("the file cannot be read as it is: mend it first")
    if use is None or not _is_declared(view, use):
        raise Refused("there is nothing here that this file declares, and that could be renamed")
    _check(use, name, reading.uses)
    same = (u for u in reading.uses if (u.thing, u.name) == (use.thing, use.name))
    return [Edit(u.span, _written(u, name)) for u in same]


def _use(view: View, offset: int) -> Use | None:
    reading, old = view.reading, view.old(offset)
    return None if reading is None or old is None else use_at(reading.uses, old)


def _is_declared(view: View, use: Use) -> bool:
    assert view.reading
    return any(u.declares and (u.thing, u.name) == (use.thing, use.name) for u in view.reading.uses)


def _bare(use: Use) -> Span:
    """The name alone; of one that is not written as it is, all that stands for it."""
    length = use.span.end - use.span.start
    return (
        Span(use.span.start + 1, use.span.end - 1) if use.quoted and length == len(use.name) + 2 else use.span
    )


def _check(use: Use, name: str, uses: list[Use]) -> None:
    attribute = use.thing is Thing.ATTRIBUTE
    if attribute and not _ATTRIBUTE.fullmatch(name):
        raise Refused(
            "the name of an attribute has lower-case letters, digits and `_`, and begins with a letter"
        )
    if attribute and name in BUILT_IN_ATTRIBUTES:
        raise Refused(f"`customer.{name}` is built in")
    if not attribute and not _ID.fullmatch(name):
        raise Refused(
            "an id has lower-case letters, digits, `-` and `_`, begins with a letter, and has at most 64"
        )
    if name != use.name and any(u.declares and (u.thing, u.name) == (use.thing, name) for u in uses):
        raise Refused(f"there is {'an' if attribute else 'a'} {use.thing.value} `{name}` already")


def _written(use: Use, name: str) -> str:
    """A name as it is written: in quotes where YAML takes it for something else, but not within a condition."""
    plain = kind_of_plain(name) is Kind.TEXT or (use.thing is Thing.ATTRIBUTE and not use.declares)
    return name if plain else f'"{name}"'
