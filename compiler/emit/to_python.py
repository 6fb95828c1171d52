"""A program as a Python module that holds its decisions: one function a condition, and its tables."""

from __future__ import annotations

from ..model.tree import Program
from .functions import Functions
from .origins import Origins
from .tables import TableWriter
from .writer import Writer

_PACKAGE = "tiercel.runtime"


def to_python(program: Program, digest: str) -> str:
    """The module's text. It imports `tiercel.runtime` alone, and its `PROGRAM` is ready to run.

    The same program gives the same text, wherever its file lies. What the file says in words is in it as
    literals only. `digest` is that of the program's meaning.
    """
    writer, origins = Writer(), Origins(program.source)
    functions = Functions(writer, origins)
    functions.write_all(program)
    tables = TableWriter(writer, origins, functions.names)
    writer.gap()
    tables.write(program, digest)
    writer.line()
    writer.line("PROGRAM = Program(TABLES)")
    return _opening(origins.label, {"Program"} | functions.classes | tables.classes) + writer.text()


def _opening(label: str, classes: set[str]) -> str:
    writer = Writer()
    writer.line(
        '"""What a loyalty program decides. Tiercel wrote this: change the program file, and build again."""'
    )
    writer.line()
    writer.comment(f"Built from {label}.")
    writer.line()
    writer.line("from __future__ import annotations")
    writer.line()
    writer.imports(_PACKAGE, sorted(classes))
    return writer.text()
