"""What the schema says by example and by default, tried in programs at the places where it says so."""

from __future__ import annotations

from typing import Any

import pytest

from tiercel.compiler.diagnostics import Severity
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.digest import meaning
from tiercel.loading import check_text
from tiercel.tests.schema.described import BASES, Described, Path_, with_value, without

DESCRIBED = Described()
EXAMPLES = [
    (pointer, example)
    for pointer in DESCRIBED.stating("examples")
    for example in DESCRIBED.parts[pointer]["examples"]
]


def errors(text: str) -> list[str]:
    return [each.message for each in check_text(text) if each.severity is Severity.ERROR]


def meaning_of(text: str) -> str | None:
    """What a program means, unless it has errors."""
    compiled = compile_bytes("base.yaml", text.encode())
    return None if compiled.program is None or compiled.has_errors else meaning(compiled.program)


@pytest.mark.parametrize("path", BASES, ids=lambda path: path.stem)
def test_bases_are_in_order(path: Any) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES, ids=str)
def test_an_example_is_valid_where_it_stands(pointer: str, example: Any) -> None:
    assert DESCRIBED.accepts(pointer, example)
    found = [errors(with_value(*place, example)) for place in DESCRIBED.places(pointer, "examples")]
    assert found, "no base has the key"
    assert [] in found, found


@pytest.mark.parametrize("pointer", DESCRIBED.stating("default"))
def test_a_default_is_what_a_program_without_the_key_means(pointer: str) -> None:
    default = DESCRIBED.parts[pointer]["default"]
    assert DESCRIBED.accepts(pointer, default)
    # At some places a program cannot be without the key, or cannot say the default, for what stands beside it.
    meant = [
        pair for place in DESCRIBED.places(pointer, "default") if None not in (pair := both(place, default))
    ]
    assert meant, "no base has the key"
    assert all(unsaid == said for unsaid, said in meant)


def both(place: tuple[Any, Path_], default: Any) -> tuple[str | None, str | None]:
    return meaning_of(without(*place)), meaning_of(with_value(*place, default))
