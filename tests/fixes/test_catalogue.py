"""What is said about fixes is so: in `fixable.py`, of which docs/fixes.md is made, and by the cases of the tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tiercel.cli.catalog import all_names
from tiercel.compiler.fixable import BOTH, FIXABLE, NONE, SAFE, UNSAFE
from tiercel.tests.fixes.cases import singles

TARGET = Path(__file__).parents[2] / "docs" / "fixes.md"

HEAD = """\
# What `check --fix` does

<!-- Generated from compiler/fixable.py; `pytest tests/fixes --update` writes it anew. -->

A fix is **safe** where the program means the same afterwards, or did not compile and can be read in one way alone.
Everything that changes what customers get, and everything of which two readings are possible, is **unsafe**:
`--unsafe-fixes` makes these too, and they are for people to look at. Fixes are made in rounds; a round counts only if
each finding that it is for is gone, no new error has come up, and after safe fixes a program that compiled means what
it meant, by its digest. A fix that fails that is not made.

A fix changes no more than it has to, and what it leaves standing keeps its comments; `tiercel fmt` lays out what is new.

| finding | fix | |
|---|---|---|
"""


def kinds_seen() -> dict[str, set[bool]]:
    """Of each name, whether there are safe and unsafe fixes in the cases of the tests."""
    seen: dict[str, set[bool]] = defaultdict(set)
    for one in singles():
        seen[one.found.name].add(one.fix.safe)
    return seen


def test_it_is_as_the_table_says() -> None:
    kinds = {frozenset(): NONE, frozenset([True]): SAFE, frozenset([False]): UNSAFE}
    seen = kinds_seen()
    assert {name: kinds.get(frozenset(seen[name]), BOTH) for name in all_names()} == {
        name: kind for name, (kind, _) in FIXABLE.items()
    }


def test_every_name_is_in_the_table() -> None:
    assert list(FIXABLE) == sorted(FIXABLE)
    assert set(all_names()) == set(FIXABLE)


def test_page_is_fresh(golden: Callable[[Path, str], None]) -> None:
    rows = [
        f"| [`{name}`](diagnostics.md#{name}) | {kind} | {about} |\n"
        for name, (kind, about) in FIXABLE.items()
    ]
    golden(TARGET, HEAD + "".join(rows))
