"""Writes what came of scenarios as JUnit XML: a suite for each file, a case for each scenario or row of a table."""

from __future__ import annotations

from collections.abc import Sequence

from ..compiler.report import junit, text
from ..compiler.source import SourceFile
from . import as_text
from .running import Broken, FileResult, Result


def render(files: Sequence[FileResult], broken: Sequence[Broken]) -> str:
    """An XML document that ends with a line end."""
    suites = [junit.Suite(file.source.name, [*_cases(file)]) for file in files]
    if broken:
        suites.append(junit.Suite("programs", [_program(one) for one in broken]))
    return junit.render_suites("tiercel test", suites)


def _cases(file: FileResult) -> list[junit.Case]:
    where = junit.class_name(file.source.name)
    cases = [_case(file.source, result, where) for result in file.results]
    if file.errors:
        body = "\n".join(text.render(file.source, error) for error in file.errors)
        cases.append(junit.Case("errors in the file", where, "error", file.errors[0].message, "error", body))
    return cases


def _case(source: SourceFile, result: Result, where: str) -> junit.Case:
    if result.outcome == "error":
        why = result.why or "the scenario has errors"
        return junit.Case(result.label, where, "error", why, "error", why)
    if result.outcome == "passed":
        return junit.Case(result.label, where)
    body = "\n".join(as_text.render(source, result, failure) for failure in result.failures)
    return junit.Case(result.label, where, "failure", result.failures[0].message, "expectation", body)


def _program(broken: Broken) -> junit.Case:
    where = junit.class_name(broken.source.name)
    body = "\n".join(text.render(broken.source, error) for error in broken.errors)
    return junit.Case("errors in the program", where, "error", broken.errors[0].message, "error", body)
