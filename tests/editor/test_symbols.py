"""The outline of a program."""

from __future__ import annotations

from tiercel.editor.positions import Text
from tiercel.editor.symbols import Symbol, outline
from tiercel.editor.view import Draft, View

from .views import ROOT, checked

MAPLE = (ROOT / "programs" / "maple.yaml").read_text(encoding="utf-8")


def names(symbols: list[Symbol]) -> dict[str, list[str]]:
    """The sections, each with the names in it."""
    return {symbol.name: [below.name for below in symbol.below] for symbol in symbols}


EXPECTED = {
    "tiercel": [],
    "program": [],
    "customer": ["wholesale", "referrals"],
    "exclude": [],
    "vip": ["seed", "sapling", "maple"],
    "earn": ["everyday", "welcome"],
}


def test_outline() -> None:
    found = outline(checked(MAPLE))
    assert names(found) == EXPECTED
    program = found[1]
    assert program.detail == "Maple & Birch Rewards"
    assert [(s.detail, s.thing and s.thing.value) for s in found[4].below] == [
        ("Seed", "tier"),
        ("Sapling", "tier"),
        ("Maple", "tier"),
    ]


def test_every_name_stands_where_its_symbol_says() -> None:
    for section in outline(checked(MAPLE)):
        for symbol in (section, *section.below):
            assert MAPLE[symbol.name_span.start : symbol.name_span.end] == symbol.name
            # Editors refuse an outline in which a name lies outside of what it names.
            assert symbol.span.start <= symbol.name_span.start
            assert symbol.name_span.end <= symbol.span.end
            assert section.span.start <= symbol.span.start
            assert symbol.span.end <= section.span.end


def test_the_outline_stays_while_a_text_is_broken() -> None:
    broken = MAPLE.replace("name: Sapling", "name: [Sapling")
    view = View(Draft("maple", Text(broken)), checked(MAPLE).known)
    assert view.draft.reading is None
    found = outline(view)
    assert names(found) == EXPECTED
    for section in found:
        for symbol in (section, *section.below):
            assert broken[symbol.name_span.start : symbol.name_span.end] == symbol.name
            assert section.span.start <= symbol.span.start
            assert symbol.name_span.end <= symbol.span.end <= section.span.end


def test_a_text_that_never_parsed_has_no_outline() -> None:
    assert outline(checked("tiercel: [")) == []
