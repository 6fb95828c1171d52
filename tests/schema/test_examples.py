"""What schemas say by example and by default fits them, and that of programs is tried at the places where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tiercel.compiler.diagnostics import Severity
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.digest import meaning
from tiercel.loading import check_text
from tiercel.scenarios.reading import read_scenarios
from tiercel.tests.schema.described import BASES, Described, Path_, as_text, with_value, without

DESCRIBED = Described("program")
EXAMPLES = [
    (pointer, example)
    for pointer in DESCRIBED.stating("examples")
    for example in DESCRIBED.parts[pointer]["examples"]
]


SCHEMAS = {"program": DESCRIBED, "scenario": Described("scenario"), "event": Described("event")}


def stated(described: Described) -> Iterator[tuple[str, Any]]:
    """The values that a schema gives by example and by default, each with the part that gives it."""
    for pointer, part in described.parts.items():
        yield from ((pointer, example) for example in part.get("examples", ()))
        if "default" in part:
            yield pointer, part["default"]


def errors(text: str) -> list[str]:
    return [each.message for each in check_text(text) if each.severity is Severity.ERROR]


def meaning_of(text: str) -> str | None:
    """What a program means, unless it has errors."""
    compiled = compile_bytes("base.yaml", text.encode())
    return None if compiled.program is None or compiled.has_errors else meaning(compiled.program)


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_stated_fits_the_part_that_states_it(name: str) -> None:
    found = list(stated(SCHEMAS[name]))
    assert found
    assert [each for each in found if not SCHEMAS[name].accepts(*each)] == []


def test_steps_and_moments_that_are_given_by_example_can_be_read() -> None:
    parts = SCHEMAS["scenario"].parts
    steps, moments = (parts[f"#/definitions/{name}"]["examples"] for name in ("step", "moment"))
    steps = [*steps, *(f"nora waits until {moment}" for moment in moments)]
    assert len(steps) > len(moments) > 1
    file = {"tiercel-test": 1, "scenarios": [{"scenario": "All of them", "steps": steps}]}
    reading = read_scenarios("shop.test.yaml", as_text(file).encode())
    assert reading.diagnostics == ()
    assert reading.file is not None
    (scenario,) = reading.file.scenarios
    assert len(scenario.steps) == len(steps)


@pytest.mark.parametrize("path", BASES, ids=lambda path: path.stem)
def test_bases_are_in_order(path: Any) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES, ids=str)
def test_an_example_is_valid_where_it_stands(pointer: str, example: Any) -> None:
    found = [errors(with_value(*place, example)) for place in DESCRIBED.places(pointer, "examples")]
    assert found, "no base has the key"
    assert [] in found, found


@pytest.mark.parametrize("pointer", DESCRIBED.stating("default"))
def test_a_default_is_what_a_program_without_the_key_means(pointer: str) -> None:
    default = DESCRIBED.parts[pointer]["default"]
    # At some places a program cannot be without the key, or cannot say the default, for what stands beside it.
    meant = [
        pair for place in DESCRIBED.places(pointer, "default") if None not in (pair := both(place, default))
    ]
    assert meant, "no base has the key"
    assert all(unsaid == said for unsaid, said in meant)


def both(place: tuple[Any, Path_], default: Any) -> tuple[str | None, str | None]:
    return meaning_of(without(*place)), meaning_of(with_value(*place, default))
