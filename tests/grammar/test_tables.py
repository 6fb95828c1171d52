"""The saved parse tables: fresh, used where they are, built anew where they are not; and the grammar is strict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import lark
import pytest

from tiercel.compiler.syntax import condition_tables
from tiercel.compiler.syntax.condition_tables import GRAMMAR, TABLES, build_tables, load_tables, tables_text


def test_saved_tables_are_those_of_the_grammar(golden: Callable[[Path, str], None]) -> None:
    golden(TABLES, tables_text(build_tables(GRAMMAR.read_text(encoding="utf-8"))))


def test_saved_tables_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condition_tables, "build_tables", lambda _: pytest.fail("built"))
    assert load_tables()["made_from"]["lark"] == lark.__version__


@pytest.mark.parametrize(
    "saved",
    [None, "", "[]", "{}", '{"made_from":{"lark":"1.2.2","grammar":"0"}}', "\0"],
    ids=["absent", "empty", "list", "bare", "stale", "garbage"],
)
def test_tables_that_cannot_be_used_are_built_anew(
    saved: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "condition.json"
    if saved is not None:
        path.write_text(saved, encoding="utf-8")
    monkeypatch.setattr(condition_tables, "TABLES", path)
    monkeypatch.setattr(condition_tables, "build_tables", lambda grammar: {"built from": grammar})
    assert load_tables() == {"built from": GRAMMAR.read_text(encoding="utf-8")}


def test_the_grammar_is_strict_lalr() -> None:
    # No two terminals collide, no two actions conflict: Lark raises where that is not so.
    lark.Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", lexer="basic", strict=True)
