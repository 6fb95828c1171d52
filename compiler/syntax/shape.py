"""Whether a document has the shape of a program: the keys, the kinds of values and the words of the schema.

A document in order costs no import of jsonschema, which is asked only what is wrong with one that is not. Of
what it finds, this pass leaves to the model what the schema marks so: amounts, names, moments, and most keys that
their neighbours rule out. The model says more about these, and all at once with what only it can know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ...schema import program_schema
from ..diagnostics import Diagnostic, Report
from ..source import Span
from .accepts import Check, acceptance
from .plain import dates_in, plain
from .tree import Document, Mapping

if TYPE_CHECKING:
    from .shape_errors import Violation

# A file with more errors than anyone reads must not cost minutes.
_MOST = 500
_MOMENT_KEYS = frozenset({"launches", "from", "until", "starts", "ends"})


Schema = Callable[[], dict[str, Any]]


def check_shape(
    document: Document,
    report: Report,
    schema: Schema = program_schema,
    moments: frozenset[str] | None = _MOMENT_KEYS,
) -> None:
    """Report where the document has another shape than the schema describes, which is a program's if not given.

    `moments` are the keys under which an unquoted date is meant, none where any can hold one.
    What `read_document` refused, and keys that it may have dropped, are not reported again.
    """
    reported = sorted(d.span for d in report.diagnostics)
    value = plain(document.root)
    found: list[Diagnostic] = []
    if not _accepts(schema)(value):
        found += _diagnostics(document.root, value, reported, report.source.text, schema())
    if moments is not None:
        found += _misplaced_dates(document.root, {d.span for d in found}, moments)
    refused = set(reported)
    # A key that is not there is reported at another, which may have been refused for its own reasons.
    report.extend(d for d in found if d.name == "missing-key" or d.span not in refused)


def _misplaced_dates(root: Mapping, found: set[Span], moments: frozenset[str]) -> Iterator[Diagnostic]:
    """Dates where text is due: as plain values they are text, and fit the schema."""
    for entry, date in dates_in(root):
        from .shape_errors import misplaced_date

        key = entry and entry.key
        if date.span not in found and not (key and (key.text in moments or key.span in found)):
            yield misplaced_date(entry, date)


@cache
def _accepts(schema: Schema) -> Check:
    return acceptance(schema())


def _diagnostics(
    root: Mapping, value: Any, reported: list[Span], text: str, schema: dict[str, Any]
) -> Iterator[Diagnostic]:
    from .shape_errors import Place, explain

    relevant = (violation for violation in _violations(value, schema) if not _left_to_the_model(violation[1]))
    violations = list(islice(relevant, _MOST))
    of_another_type = {path for path, broken in violations if broken.keyword == "type"}
    seen: set[tuple[Any, ...]] = set()
    for path, broken in violations:
        # One cause can break the schema in several branches, and a value of another type is no known word either.
        cause = (path, broken.keyword, str(broken.asked), broken.in_name and broken.value)
        if cause not in seen and (broken.keyword != "enum" or path not in of_another_type):
            seen.add(cause)
            yield from explain(broken, Place.of(root, path, text), reported)


def _left_to_the_model(broken: Violation) -> bool:
    if broken.schema.get("x-decided-by") != "model":
        return False
    # The model reads a number where one has to be; only whether it is whole is left to it.
    return broken.keyword != "type" or ("integer" in broken.asked and isinstance(broken.value, Decimal))


def _violations(value: Any, schema: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Violation]]:
    """What jsonschema finds: the path of the value, and what it breaks."""
    # 65 ms to import, and only a document with errors needs it.
    from jsonschema import Draft7Validator

    from .shape_errors import Violation

    for error in Draft7Validator(schema).iter_errors(value):
        assert isinstance(error.schema, dict)
        in_name = "propertyNames" in error.absolute_schema_path
        broken = Violation(
            str(error.validator), error.validator_value, error.schema, error.instance, in_name, schema
        )
        yield tuple(error.absolute_path), broken
