"""What a table of layout is made of: which keys stand where, which values share a line, what a scalar is."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from enum import Enum
from typing import Final

from ..node import Node as NodeBase
from ..node import node
from ..syntax.tree import Mapping, Node, Scalar, Sequence


class Leaf(Enum):
    """What a scalar is. Of a `WORD` and of what is `KEPT` only the quoting is canonical."""

    WORD = "word"
    TEXT = "text"  # free text for people: folded where it is too long for its line
    CONDITION = "condition"
    MONEY = "money"
    RATE = "rate"
    WHOLE = "whole"
    MOMENT = "moment"
    KEPT = "kept"


@node
class Keys(NodeBase):
    """A mapping: its keys in canonical order; others come after them (or before), as in the file.

    With `flow` it stands on one line, `{a: 1}`, where it fits. With `ladder` the keys are tiers, lowest first.
    With `bare_pair` a single key needs no braces in a list on one line: `[a: 1]`.
    """

    forms: MappingABC[str, Form]
    flow: bool = False
    others: Form = Leaf.KEPT
    ladder: bool = False
    others_first: bool = False
    bare_pair: bool = False


@node
class Items(NodeBase):
    """A list, never reordered. With `flow` it stands on one line, `[a, b]`, where it fits."""

    of: Form
    flow: bool = False


# Of several forms that of the node's own type counts.
Form = Leaf | Keys | Items | tuple[Leaf | Keys | Items, ...]

_ANY_KEYS: Final = Keys({})
_ANY_ITEMS: Final = Items(Leaf.KEPT)


def keys_of(form: Form) -> Keys:
    """The form of a mapping; one that fits any, where no mapping was expected."""
    return next((one for one in _several(form) if isinstance(one, Keys)), _ANY_KEYS)


def items_of(form: Form) -> Items:
    """The form of a list; one that fits any, where no list was expected."""
    return next((one for one in _several(form) if isinstance(one, Items)), _ANY_ITEMS)


def leaf_of(form: Form) -> Leaf:
    """What a scalar is; `KEPT` where none was expected."""
    return next((one for one in _several(form) if isinstance(one, Leaf)), Leaf.KEPT)


def form_under(form: Form, key: str | None) -> Form:
    """The form of what is under a key of a mapping, or (none) of an item of a list."""
    if key is None:
        return items_of(form).of
    keys = keys_of(form)
    return keys.forms.get(key, keys.others)


def scalars_with_forms(node: Node, form: Form) -> list[tuple[Scalar, Leaf]]:
    """Every scalar that is a value or an item, in file order, with what it is."""
    found: list[tuple[Scalar, Leaf]] = []
    waiting: list[tuple[Node, Form]] = [(node, form)]
    while waiting:
        here, its = waiting.pop()
        if isinstance(here, Mapping):
            waiting += [(e.value, form_under(its, e.key.text)) for e in reversed(here.entries)]
        elif isinstance(here, Sequence):
            waiting += [(item, form_under(its, None)) for item in reversed(here.items)]
        else:
            found.append((here, leaf_of(its)))
    return found


def _several(form: Form) -> tuple[Leaf | Keys | Items, ...]:
    return form if isinstance(form, tuple) else (form,)
