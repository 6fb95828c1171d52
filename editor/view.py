"""What a question is answered from: the text as it is now, and what was last known of it in order.

While a text is being written it does not parse half of the time. Then the last tree that did parse stands in for
it, with its places moved along with what was typed; and what the program last meant stands in for what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..compiler.diagnostics import Report
from ..compiler.driver import Compilation, compile_bytes
from ..compiler.model.tree import Program
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.declares import declares_program
from ..compiler.syntax.from_bytes import MAX_BYTES
from ..compiler.syntax.from_yaml import read_document
from ..compiler.syntax.tree import Document
from .index import Use, uses
from .positions import MARK, Text
from .shift import Shift

# As `scenarios.reading` has them, which only a file of that name has need of.
SCENARIOS = (".test.yaml", ".test.yml")


@dataclass(frozen=True)
class Reading:
    """A text that parsed, and its tree."""

    source: SourceFile
    tree: Document

    @cached_property
    def uses(self) -> list[Use]:
        """Every id and attribute that is declared or used, in file order."""
        return uses(self.source, self.tree)


@dataclass(frozen=True)
class Known:
    """What is known of a text from its earlier versions: the last tree, and the last meaning without errors."""

    reading: Reading | None = None
    program: Program | None = None


@dataclass(frozen=True)
class Draft:
    """One version of a text. What is worked out of it is kept."""

    name: str
    text: Text
    version: int | None = None

    @cached_property
    def content(self) -> str:
        """The text, without a byte order mark."""
        return self.text.content

    @cached_property
    def is_program(self) -> bool:
        """Whether it declares itself one."""
        return declares_program(self.content.encode("utf-8", "surrogatepass"))

    @property
    def has_scenarios(self) -> bool:
        """Whether it is a file of scenarios: by its name, and no program all the same."""
        return self.name.endswith(SCENARIOS) and not self.is_program

    @cached_property
    def reading(self) -> Reading | None:
        """Its tree; none where it does not parse, or is larger than a program can be."""
        if len(self.data) > MAX_BYTES:
            return None
        source = SourceFile(self.name, self.content)
        tree = read_document(source, Report(source))
        return None if tree is None else Reading(source, tree)

    @cached_property
    def compilation(self) -> Compilation:
        """What the compiler has to say."""
        return compile_bytes(self.name, self.data)

    @cached_property
    def mended(self) -> str:
        """The text after every safe fix."""
        from ..compiler.fixing import fix_bytes

        return fix_bytes(self.name, self.data).content.decode("utf-8", "surrogatepass").removeprefix(MARK)

    @property
    def data(self) -> bytes:
        """The bytes that a file with it has."""
        return self.text.written.encode("utf-8", "surrogatepass")

    def after(self, known: Known) -> Known:
        """What is known once this version was checked."""
        program = self.compilation.program if self.is_program else None
        reading = self.reading if self.is_program or self.has_scenarios else None
        return Known(reading or known.reading, program or known.program)


@dataclass(frozen=True)
class View:
    """A version of a text beside what is known of it."""

    draft: Draft
    known: Known = Known()

    @property
    def content(self) -> str:
        """The text as it is now."""
        return self.draft.content

    @property
    def reading(self) -> Reading | None:
        """The tree of this version, else the last one."""
        return self.draft.reading or self.known.reading

    @property
    def program(self) -> Program | None:
        """What the program last meant."""
        return self.known.program

    @cached_property
    def _shift(self) -> Shift | None:
        reading = self.reading
        if reading is None or reading.source.text == self.content:
            return None
        return Shift.between(reading.source.text, self.content)

    def old(self, offset: int) -> int | None:
        """Where an offset of the text is in that of `reading`."""
        return offset if self._shift is None else self._shift.to_old(offset)

    def new(self, span: Span) -> Span | None:
        """Where a stretch of the text of `reading` is in that of now."""
        return span if self._shift is None else self._shift.to_new(span)

    def around(self, span: Span) -> Span:
        """The same with what was written in the stretch."""
        return span if self._shift is None else self._shift.around(span)
