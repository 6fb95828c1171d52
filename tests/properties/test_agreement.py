"""The emitted evaluator and the reference interpreter agree on every outcome, on random programs and events.

`TIERCEL_EXAMPLES` sets how many cases are tried; without it, a fixed small number of fixed cases.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.runtime import IncompatibleProgram, Ledger, Memory, Store, customer_from_json, customer_to_json
from tiercel.tests.properties.cases import Case, Part, budget, cases, comparable
from tiercel.tests.properties.compiled import Unusable, compile_text
from tiercel.tests.properties.shrink import minimal
from tiercel.tests.reference.interpreter import Incompatible, Reference
from tiercel.tests.reference.moves import address


class Differ(Exception):
    """The two evaluators differ."""


def same(actual: object, expected: object, on: str) -> None:
    """Raise `Differ` where what the runtime gives is not what the reference gives."""
    if actual != expected:
        raise Differ(f"on {on}\n  runtime:   {json.dumps(actual)}\n  reference: {json.dumps(expected)}")


def check(case: Case, compare: Callable[[Case], None]) -> None:
    """Compare the evaluators on a case; where they differ, fail with a smallest case that shows it."""
    if failure(case, compare):
        small = minimal(case, lambda candidate: bool(failure(candidate, compare)))
        pytest.fail(f"{failure(small, compare)}\n\n{small}", pytrace=False)


def failure(case: Case, compare: Callable[[Case], None]) -> str:
    """How the evaluators differ on a case, or what they raise; empty where they agree, or it has no meaning."""
    try:
        compare(case)
    except (Unusable, Incompatible):
        return ""
    except Differ as found:
        return str(found)
    except Exception as problem:
        return "".join(traceback.format_exception(problem))
    return ""


def compare_events(ledger: Ledger, reference: Reference, part: Part) -> None:
    """Apply the events of a part to both, and compare the outcomes and the customers."""
    for line in part.lines:
        same(comparable(ledger.apply_line(line)), comparable(reference.apply_line(line)), line)
    same(ledger.customers(), reference.customers(), "the customers in the end")


def compare_versions(case: Case) -> None:
    """Apply the parts of a case in turn, in one state."""
    model, program = compile_text(case.parts[0].program)
    ledger, reference = Ledger(program), Reference(model)
    for part in case.parts:
        model, program = compile_text(part.program)
        reference.switch(model)
        ledger.switch(program)
        compare_events(ledger, reference, part)


@budget()
@given(cases())
def test_outcomes_and_customers(case: Case) -> None:
    check(case, compare_versions)


@budget(0.5)
@given(cases(versions=2))
def test_across_versions(case: Case) -> None:
    check(case, compare_versions)


@budget(0.15)
@given(cases(versions=3))
def test_across_three_versions(case: Case) -> None:
    check(case, compare_versions)


# --- customers that leave memory in between ----------------------------------------------------------------


def reread(ledger: Ledger, book: Memory, seen: list[str]) -> tuple[Ledger, Memory]:
    """A ledger whose customers have been to JSON and back; it knows the events of `seen` that were applied."""
    again = Memory()
    for program in [*book.programs.values(), ledger.program]:
        again.adopt(program)
    for customer in ledger.members():
        text = json.dumps(customer_to_json(customer, book.programs))
        copy = customer_from_json(json.loads(text), again.programs)
        again.move_email(None, address(copy.email), copy.key)
        again.put(copy)
    for line in seen:
        event = json.loads(line).get("id")
        if isinstance(event, str) and (known := book.fingerprint(event)):
            again.remember(event, known)
    return Ledger(ledger.program, book=again), again


def compare_reread(case: Case) -> None:
    """Apply the parts of a case in turn, with all customers written to JSON and read back before each event."""
    model, program = compile_text(case.parts[0].program)
    book = Memory()
    ledger, reference = Ledger(program, book=book), Reference(model)
    seen: list[str] = []
    for part in case.parts:
        model, program = compile_text(part.program)
        reference.switch(model)
        ledger.switch(program)
        for line in part.lines:
            ledger, book = reread(ledger, book, seen)
            seen.append(line)
            same(comparable(ledger.apply_line(line)), comparable(reference.apply_line(line)), line)
    same(ledger.customers(), reference.customers(), "the customers in the end")


def compare_stored(case: Case, batch: int) -> None:
    """Apply the parts of a case in turn, each in a run of its own over the same folder."""
    reference = Reference(compile_text(case.parts[0].program)[0])
    with TemporaryDirectory() as folder:
        for part in case.parts:
            model, program = compile_text(part.program)
            reference.switch(model)
            with Store(folder, load_program=lambda text: compile_text(text)[1]) as store:
                store.source(program, part.program)
                ledger = Ledger(program, book=store)
                outcomes = [o for some in store.batches(ledger, part.lines, size=batch) for o in some]
                for line, outcome in zip(part.lines, outcomes, strict=True):
                    same(comparable(outcome), comparable(reference.apply_line(line)), line)
                same(ledger.customers(), reference.customers(), "the customers in the end")


@budget(0.4)
@given(cases(versions=2))
def test_customers_survive_json(case: Case) -> None:
    check(case, compare_reread)


@budget(0.15)
@given(cases(versions=2), st.integers(1, 6))
def test_customers_survive_runs(case: Case, batch: int) -> None:
    check(case, lambda some: compare_stored(some, batch))


@budget(0.1)
@given(cases(), cases())
def test_incompatible_versions_are_refused_alike(one: Case, other: Case) -> None:
    model, program = compile_text(one.parts[0].program)
    ledger, reference = Ledger(program), Reference(model)
    compare_events(ledger, reference, one.parts[0])
    model, program = compile_text(other.parts[0].program)
    try:
        reference.switch(model)
    except Incompatible:
        with pytest.raises(IncompatibleProgram):
            ledger.switch(program)
    else:
        ledger.switch(program)
    same(ledger.customers(), reference.customers(), "the customers in the end")
