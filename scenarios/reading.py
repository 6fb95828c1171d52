"""From a scenario file's bytes to its scenarios, as strictly as programs are read: nothing that is wrong passes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..compiler.diagnostics import Diagnostic, Label, Report, Stop
from ..compiler.node import Node as NodeBase
from ..compiler.node import node
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.from_bytes import decode
from ..compiler.syntax.from_yaml import FileKind, read_document
from ..compiler.syntax.refusals import shown
from ..compiler.syntax.shape import check_shape
from ..compiler.syntax.tree import Mapping, Node, Scalar
from ..compiler.syntax.tree import Sequence as List
from ..schema import scenario_schema
from .rows import Filler, check_holes, read_rows, value_at
from .steps import StepReader, path_from
from .tree import Expectation, Row, Scenario, ScenarioFile, Step, Unread, Word

SUFFIXES = (".test.yaml", ".test.yml")
KIND = FileKind("a file of scenarios", "begin with `tiercel-test: 1` and `scenarios:`")


@node
class Reading(NodeBase):
    """What came of a file: its text, its scenarios where its shape was in order, and what is wrong with it."""

    source: SourceFile
    file: ScenarioFile | None
    diagnostics: tuple[Diagnostic, ...]


def read_scenarios(name: str, data: bytes) -> Reading:
    """Read the bytes of a scenario file. `name` is its path, from which those of its programs are found."""
    source, diagnostics = decode(name, data)
    report = Report(source, diagnostics)
    try:
        file = _read(source, report)
    except Stop:
        file = None
    # `check --fix` mends programs alone.
    found = (replace(diagnostic, fixes=()) for diagnostic in distinct(report.sorted()))
    return Reading(source, file, tuple(found))


def distinct(diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Those that differ by more than their labels: rows of a table have most of their errors in common."""
    seen: set[tuple[str, Span, str]] = set()
    for diagnostic in diagnostics:
        cause = (diagnostic.name, diagnostic.span, diagnostic.message)
        if cause not in seen:
            seen.add(cause)
            yield diagnostic


def with_row(diagnostic: Diagnostic, row: Row | None, source: SourceFile) -> Diagnostic:
    """A diagnostic that also shows the row under which it arose, if it arose in steps; of a value, that in the row."""
    if row is None or row.span.start <= diagnostic.span.start < row.span.end:
        return diagnostic
    value = value_at(source.text[diagnostic.span.start : diagnostic.span.end], row)
    label = Label(row.span, "with this row") if value is None else Label(value.span, "with this value")
    return replace(diagnostic, labels=(*diagnostic.labels, label))


def _read(source: SourceFile, report: Report) -> ScenarioFile:
    report.stop_on_errors()
    document = read_document(source, report, KIND)
    if document is not None:
        check_shape(document, report, scenario_schema, moments=None)
    report.stop_on_errors()
    assert document is not None
    return _FileReader(source, document.root, report).read()


class _FileReader:
    """Reads the scenarios of one file whose shape is in order."""

    def __init__(self, source: SourceFile, root: Mapping, report: Report) -> None:
        self._source = source
        self._root = root
        self._report = report
        self._folder = os.path.dirname(source.name)
        self._titles: dict[str, Span] = {}

    def read(self) -> ScenarioFile:
        """All scenarios."""
        listed = self._root.get("scenarios")
        assert isinstance(listed, List)
        found = [one for item in listed.items if isinstance(item, Mapping) for one in self._scenarios(item)]
        played = tuple(one for one in found if isinstance(one, Scenario))
        return ScenarioFile(self._source, played, tuple(one for one in found if isinstance(one, Unread)))

    def _scenarios(self, declared: Mapping) -> Iterator[Scenario | Unread]:
        title, steps = declared.get("scenario"), declared.get("steps")
        assert isinstance(title, Scalar)
        assert isinstance(steps, List)
        local = Report(self._source)
        self._check_title(title, local)
        rows = read_rows(declared.get("rows"), local)
        around = [part for part in map(declared.get, ("scenario", "program", "starts")) if part is not None]
        check_holes([*around, *steps.items], rows, self._source, local)
        broken = local.has_errors
        self._report.extend(local.diagnostics)
        for row in rows or (None,):
            yield self._scenario(declared, title, steps.items, row, broken)

    def _check_title(self, title: Scalar, report: Report) -> None:
        text = " ".join(title.text.split())
        if not text:
            report.error(
                "bad-value", title.span, "a scenario needs a title", help="say what it shows, as a sentence"
            )
        elif text in self._titles:
            labels = [Label(self._titles[text], "first given here")]
            message = f"another scenario has the title `{shown(text)}`"
            report.error(
                "duplicate-id", title.span, message, labels=labels, help="say what is different here"
            )
        self._titles.setdefault(text, title.span)

    def _scenario(
        self, declared: Mapping, title: Scalar, steps: Sequence[Node], row: Row | None, broken: bool
    ) -> Scenario | Unread:
        filler, report = Filler(self._source, row), Report(self._source)
        name = " ".join(filler.text(title.text).split())
        if broken:
            return Unread(name, row, title.span)
        reader = StepReader(filler, self._folder, report)
        read = [reader.read(step) for step in steps]
        _refuse_snapshots(read, row, report)
        self._report.extend(with_row(d, row, self._source) for d in report.diagnostics)
        if report.has_errors:
            return Unread(name, row, title.span)
        starts = declared.get("starts")
        starts = filler.fill(starts) if starts else None
        return Scenario(
            self._source.name,
            name,
            *self._program(declared, title, filler),
            Word(starts.text, starts.span) if isinstance(starts, Scalar) else None,
            row,
            tuple(step for step in read if step is not None),
            title.span,
            declared.span,
        )

    def _program(self, declared: Mapping, title: Scalar, filler: Filler) -> tuple[str, Span]:
        """The scenario's program, else the file's, else the one that is called as the file is."""
        for holder in (declared, self._root):
            stated = holder.get("program")
            if isinstance(stated, Scalar):
                return path_from(self._folder, filler.text(stated.text)), stated.span
        return program_beside(self._source.name), title.span


def _refuse_snapshots(steps: Sequence[Step | None], row: Row | None, report: Report) -> None:
    for step in steps:
        if row is not None and isinstance(step, Expectation) and step.snapshot is not None:
            message = "a table cannot have a snapshot, since each row would write its own"
            report.error("key-not-here", step.snapshot.span, message, help="state what is true for every row")


def program_beside(path: str) -> str:
    """`lantern.yaml` for `lantern.test.yaml`, in the same folder."""
    for suffix in SUFFIXES:
        if path.endswith(suffix):
            return os.path.normpath(path.removesuffix(suffix) + suffix.removeprefix(".test"))
    return os.path.normpath(path)
