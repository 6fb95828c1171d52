"""Whether a file says the same after it was laid out: the same values under the same keys, and every comment."""

from __future__ import annotations

from collections import Counter

from ..diagnostics import Report
from ..source import SourceFile
from ..syntax.from_yaml import read_document
from ..syntax.tree import Document, Kind, Mapping, Node, Scalar, Sequence
from .conditions import spelled
from .forms import Form, Keys, Leaf, form_under, leaf_of
from .numbers import moment


def says_the_same(document: Document, text: str, order: Keys) -> bool:
    """Whether a text reads as the document does: values may be spelled in another way, keys in another order."""
    source = SourceFile("", text)
    report = Report(source)
    other = read_document(source, report)
    if other is None or report.has_errors:
        return False
    return _comments(document) == _comments(other) and _same(document.root, other.root, order)


def _comments(document: Document) -> Counter[str]:
    return Counter(comment.text.rstrip() for comment in document.comments)


def _same(one: Node, other: Node, form: Form) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        values = {entry.key.text: entry.value for entry in other.entries}
        return values.keys() == {entry.key.text for entry in one.entries} and all(
            _same(entry.value, values[entry.key.text], form_under(form, entry.key.text))
            for entry in one.entries
        )
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        its = form_under(form, None)
        return len(one.items) == len(other.items) and all(
            _same(item, there, its) for item, there in zip(one.items, other.items, strict=True)
        )
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.kind is other.kind and _same_scalar(one, other, leaf_of(form))
    return False


def _same_scalar(one: Scalar, other: Scalar, leaf: Leaf) -> bool:
    if one.text == other.text:
        return True
    if one.kind is Kind.NUMBER:
        return one.number == other.number
    if leaf is Leaf.CONDITION:
        return spelled(one.text) == spelled(other.text)
    return leaf is Leaf.MOMENT and moment(one.text) == other.text
