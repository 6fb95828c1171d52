"""Plays the scenarios of a file: every program that they name compiled once, every scenario with what came of it."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..compiler.diagnostics import Diagnostic, Edit, Severity
from ..compiler.driver import Compilation, compile_file
from ..compiler.edits import edited
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.declares import declares_program
from ..compiler.syntax.tree import Scalar
from .outcomes import Failure, Played
from .play import play
from .reading import SUFFIXES, distinct, read_scenarios, with_row
from .tree import Row, Scenario, Takeover, Unread
from .versions import Version, version_of

Chosen = Callable[[str], bool]
"""Whether to play the scenario with that title."""

Watch = Callable[[Played, Mapping[str, Version]], None]
"""Told of each scenario that was played, and of the programs that it played under, by path."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a scenario: `passed`, `failed` or `error`. Of a table's row, its number and its values.

    `why` says of an error what keeps the scenario from being played, where that is not in the file itself.
    """

    title: str
    row: int | None
    values: dict[str, str] | None
    span: Span
    outcome: str
    failures: tuple[Failure, ...] = ()
    why: str | None = None

    @property
    def label(self) -> str:
        """The title, and of a table the number of the row."""
        return self.title if self.row is None else f"{self.title} (row {self.row})"


@dataclass(frozen=True, slots=True)
class Broken:
    """A program with errors."""

    source: SourceFile
    errors: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of a file: plain records, which another process can send.

    `errors` are those of the file itself; `broken` are programs with errors. `snapshots` are the changes under which
    the file's snapshots are met.
    """

    source: SourceFile
    results: tuple[Result, ...]
    errors: tuple[Diagnostic, ...]
    broken: tuple[Broken, ...]
    snapshots: tuple[Edit, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong with the file, its programs or its scenarios."""
        return bool(self.errors or self.broken) or any(r.outcome != "passed" for r in self.results)


class Versions:
    """Programs by path, each compiled once, by `compiled`: from disk, or from where an editor has them."""

    def __init__(self, compiled: Callable[[str], Compilation] = compile_file) -> None:
        self._found: dict[str, Version | Broken | str] = {}
        self._compiled = compiled

    def get(self, path: str) -> Version | Broken | str:
        """The version; or the program with its errors; or why it cannot be read."""
        if path not in self._found:
            self._found[path] = self._load(path)
        return self._found[path]

    def _load(self, path: str) -> Version | Broken | str:
        try:
            compilation = self._compiled(path)
        except (OSError, ValueError) as error:
            return (getattr(error, "strerror", None) or str(error)).lower()
        version = version_of(compilation)
        if version is None and _has_scenarios(path, compilation.source.text):
            return "it has scenarios, and is no program"
        return _broken(compilation) if version is None else version


def _has_scenarios(path: str, text: str) -> bool:
    return path.endswith(SUFFIXES) and not declares_program(text.encode())


def _broken(compilation: Compilation) -> Broken:
    errors = (d for d in compilation.diagnostics if d.severity is Severity.ERROR)
    return Broken(compilation.source, tuple(errors))


def run_file(
    name: str, content: bytes, versions: Versions, chosen: Chosen | None = None, watch: Watch | None = None
) -> FileResult:
    """Play the scenarios of a file that are chosen; all, if none are. `name` is the path of the file."""
    run = _Run(name, content, versions, watch)
    results = tuple(run.results(chosen or (lambda _: True)))
    errors = sorted(run.errors, key=lambda d: (d.span.start, d.name))
    return FileResult(
        run.source, results, tuple(distinct(errors)), tuple(run.broken.values()), tuple(run.snapshots)
    )


def summary(files: Sequence[FileResult]) -> dict[str, int]:
    """How many scenarios passed, failed, and could not be played; a file that cannot be read counts as one of these."""
    counts = Counter(result.outcome for file in files for result in file.results)
    unread = sum(1 for file in files if file.errors and not file.results)
    return {"passed": counts["passed"], "failed": counts["failed"], "errors": counts["error"] + unread}


def updated(content: bytes, result: FileResult) -> bytes:
    """The bytes of a file with its snapshots as they are now."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + edited(result.source.text, result.snapshots).encode()


class _Run:
    """One file being played."""

    def __init__(self, name: str, content: bytes, versions: Versions, watch: Watch | None) -> None:
        reading = read_scenarios(name, content)
        self.source = reading.source
        self.errors = list(reading.diagnostics)
        self.broken: dict[str, Broken] = {}
        self.snapshots: list[Edit] = []
        self._file = reading.file
        self._versions = versions
        self._watch = watch

    def results(self, chosen: Chosen) -> Iterator[Result]:
        """A result for each scenario, in file order."""
        if self._file is None:
            return
        everything: Sequence[Scenario | Unread] = (*self._file.scenarios, *self._file.unread)
        for one in sorted(everything, key=lambda one: (one.span.start, one.row.number if one.row else 0)):
            if not chosen(one.title):
                continue
            if isinstance(one, Unread):
                yield _result(one, "error")
            else:
                yield self._result(one)

    def _result(self, scenario: Scenario) -> Result:
        found = {path: self._versions.get(path) for path in scenario.programs}
        versions = {path: version for path, version in found.items() if isinstance(version, Version)}
        if len(versions) < len(found):
            return _result(scenario, "error", why=self._unplayable(scenario, found))
        played = play(scenario, self.source, versions)
        if self._watch:
            self._watch(played, versions)
        return self._played(played)

    def _played(self, played: Played) -> Result:
        self.errors += (with_row(error, played.scenario.row, self.source) for error in played.errors)
        self.snapshots += played.snapshots
        return replace(_result(played.scenario, played.outcome), failures=played.failures)

    def _unplayable(self, scenario: Scenario, found: dict[str, Version | Broken | str]) -> str:
        """Why a scenario cannot be played, after its programs were noted."""
        said = []
        for path, version in found.items():
            if isinstance(version, Broken):
                self.broken[path] = version
                said.append(f"the program `{path}` has errors")
            elif isinstance(version, str):
                said.append(f"cannot read the program `{path}`: {version}")
                self.errors.append(_unreadable(scenario, path, version))
        return "; ".join(said)


def _result(one: Scenario | Unread, outcome: str, why: str | None = None) -> Result:
    row: Row | None = one.row
    values = (
        {e.key.text: e.value.text for e in row.values.entries if isinstance(e.value, Scalar)} if row else None
    )
    return Result(one.title, row.number if row else None, values, one.span, outcome, why=why)


def _unreadable(scenario: Scenario, path: str, why: str) -> Diagnostic:
    steps = [step.span for step in scenario.steps if isinstance(step, Takeover) and step.path == path]
    span = scenario.program_span if path == scenario.program else steps[0]
    help = "say which program it is: `program: NAME.yaml`, relative to this file"
    message = f"cannot read the program `{path}`: {why}"
    return Diagnostic("bad-value", Severity.ERROR, message, span, help=help)
