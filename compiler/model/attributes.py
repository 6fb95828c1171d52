"""The attributes of customers that the file declares."""

from __future__ import annotations

from ..diagnostics import Label, Report
from ..syntax.tree import Entry, Mapping, Scalar
from .condition import Type
from .excerpts import shortened
from .mending import removal
from .scope import BUILT_IN_ATTRIBUTES
from .shaped import scalars
from .tree import Attribute

_FEWEST_VALUES = 2


def read_attributes(node: Mapping | None, report: Report) -> tuple[Attribute, ...]:
    """The declared attributes in file order, without those that have the name of a built-in one."""
    entries = () if node is None else node.entries
    read = [_read_attribute(entry, report) for entry in entries]
    return tuple(attribute for attribute in read if attribute is not None)


def _read_attribute(entry: Entry, report: Report) -> Attribute | None:
    name, value = entry.key.text, entry.value
    if name in BUILT_IN_ATTRIBUTES:
        message = f"`customer.{name}` is built in, and cannot be declared again"
        report.error("bad-value", entry.key.span, message, help="choose another name")
        return None
    if isinstance(value, Scalar):
        return Attribute(name, Type(value.text), (), entry.key.span, value.span)
    assert isinstance(value, Mapping)
    values = scalars(value, "one_of")
    _check_values(value, values, report)
    texts = tuple(dict.fromkeys(v.text for v in values))
    return Attribute(name, Type.ONE_OF, texts, entry.key.span, value.span)


def _check_values(node: Mapping, values: tuple[Scalar, ...], report: Report) -> None:
    first: dict[str, Scalar] = {}
    for value in values:
        earlier = first.setdefault(value.text, value)
        if earlier is not value:
            message = f"{shortened(value.text)} is listed twice"
            fixes = removal(report.source.text, node.get("one_of"), value)
            label = Label(earlier.span, "the first")
            report.error("bad-value", value.span, message, labels=[label], fixes=fixes)
    if len(values) < _FEWEST_VALUES:
        report.error("bad-value", node.span, "`one_of` needs at least two texts to choose from")
