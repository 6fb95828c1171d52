"""Names that people see, and what a list of declared ids and names refers to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ..diagnostics import Label, Report
from ..syntax.tree import Mapping, Scalar
from .excerpts import shortened
from .mending import write
from .shaped import required

_LONGEST = 100


def read_name(scalar: Scalar, report: Report) -> str:
    """A name in Unicode NFC."""
    text = unicodedata.normalize("NFC", scalar.text)
    fault = _fault(text)
    if fault is not None:
        plain = _in_order(text)
        fixes = [write(scalar.span, plain, as_value=True)] if plain else []
        report.error("bad-value", scalar.span, f"a name {fault}", help=_way_out(text), fixes=fixes)
    return text


def _fault(text: str) -> str | None:
    if not text.strip():
        return "cannot be blank"
    if any(unicodedata.category(char) == "Cc" for char in text):
        return "cannot have control characters"
    if text != text.strip():
        return "cannot begin or end with a space"
    if len(text) > _LONGEST:
        return f"can have at most {_LONGEST} characters, not {len(text)}"
    return None


def _way_out(text: str) -> str | None:
    plain = _in_order(text)
    return f"write `{plain}`" if plain else None


def _in_order(text: str) -> str | None:
    """The name without control characters, and without spaces around it; none where that makes it no name."""
    plain = " ".join("".join(c if unicodedata.category(c) != "Cc" else " " for c in text).split())
    return plain if plain and plain != text and len(plain) <= _LONGEST else None


def refuse_duplicate_ids(declared: Iterable[Mapping], what: str, report: Report) -> None:
    """Report every id that a declaration before it in the list has."""
    _refuse_duplicates([required(node, "id") for node in declared], f"{what} id", report)


def refuse_duplicate_names(declared: Iterable[Mapping], what: str, report: Report) -> None:
    """Report every name that a declaration before it in the list has, letter case and all."""
    _refuse_duplicates([required(node, "name") for node in declared], f"{what} name", report)


def _refuse_duplicates(scalars: Iterable[Scalar], what: str, report: Report) -> None:
    first: dict[str, Scalar] = {}
    for scalar in scalars:
        earlier = first.setdefault(unicodedata.normalize("NFC", scalar.text), scalar)
        if earlier is not scalar:
            message = f"the {what} {shortened(scalar.text)} is there twice"
            report.error("duplicate-id", scalar.span, message, labels=[Label(earlier.span, "the first")])
