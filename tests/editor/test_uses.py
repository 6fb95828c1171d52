"""Where names are used, and how they are changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.edits import edited
from tiercel.editor.index import Thing
from tiercel.editor.positions import Text
from tiercel.editor.uses import Refused, definition, occurrences, renamable, rename
from tiercel.editor.view import Draft, View

from .views import ROOT, checked, view_of

MOST_RENAMED = 8
PROGRAMS = sorted(set((ROOT / "programs").glob("*.yaml")) - set((ROOT / "programs").glob("*.test.yaml")))
TEXT = """\
tiercel: 1
program: {name: Shop, currency: CAD}
customer:
  size: {one_of: [small, big]}
  referrals: integer
exclude:
  customers: "customer.size == 'big' and not customer.referrals > 3"
vip:
  tiers:
    - {id: seed, name: Seed}
    - id: "oak"
      name: oak
      when: >-
        spend >= 100 or
        customer.size == "big"
earn:
  - id: seed
    activity: order
    points: {seed: 1, 'oak': 2}
    per: 1.00
  - {id: more, activity: review, points: 5, tiers: {exclude: [seed, oak]}}
  - {id: most, activity: share, points: 5, tiers: {include: oak}, when: customer.referrals > customer.days_since_joined}
"""


def places(text: str, word: str, occurrence: int = 0) -> list[tuple[int, str]]:
    """The lines (from 1) on which the name at a word occurs, each with what is written there."""
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(word, at + 1)
    found = occurrences(checked(text), at + 1)
    return [(text.count("\n", 0, o.span.start) + 1, text[o.span.start : o.span.end]) for o in found]


def test_a_tier_is_found_wherever_it_is_used() -> None:
    assert places(TEXT, "oak") == [(11, "oak"), (19, "oak"), (21, "oak"), (22, "oak")]
    # From its name in the table, too; and the rule of the same id is another thing.
    assert places(TEXT, "seed: 1") == [(10, "seed"), (19, "seed"), (21, "seed")]
    assert places(TEXT, "seed\n") == [(17, "seed")]


def test_an_attribute_is_found_in_conditions_of_every_style() -> None:
    assert places(TEXT, "size") == [(4, "size"), (7, "size"), (15, "size")]
    assert places(TEXT, "referrals > customer") == [(5, "referrals"), (7, "referrals"), (22, "referrals")]


def test_a_name_is_declared_in_one_place() -> None:
    view = checked(TEXT)
    assert [TEXT[s.start : s.end] for s in definition(view, TEXT.index("include: oak") + 10)] == ["oak"]
    assert definition(view, TEXT.index("include: oak") + 10)[0].start == TEXT.index('"oak"') + 1


def test_nothing_is_nowhere() -> None:
    assert places(TEXT, "Seed") == []
    assert definition(checked(TEXT), TEXT.index("days_since")) == []


def test_names_are_found_in_a_text_that_is_broken() -> None:
    view = View(Draft("shop", Text(TEXT.replace("name: oak", "name: [oak"))), checked(TEXT).known)
    assert view.draft.reading is None
    offset = view.content.index("include: oak") + 10
    assert [view.content[o.span.start : o.span.end] for o in occurrences(view, offset)] == ["oak"] * 4
    assert renamable(view, offset) is None
    with pytest.raises(Refused, match="mend it first"):
        rename(view, offset, "elm")


def renamed(text: str, word: str, name: str) -> str:
    """The text with the name at a word changed everywhere."""
    return edited(text, rename(checked(text), text.index(word) + 1, name))


def test_a_tier_is_renamed_everywhere() -> None:
    text = renamed(TEXT, "oak", "elm")
    assert text == TEXT.replace('id: "oak"', "id: elm").replace("'oak': 2", "elm: 2").replace(
        "[seed, oak]", "[seed, elm]"
    ).replace("include: oak", "include: elm")


def test_an_id_that_yaml_takes_for_something_else_is_quoted() -> None:
    text = renamed(TEXT, "oak", "no")
    assert 'id: "no"' in text
    assert 'include: "no"' in text
    assert not [d for d in compile_bytes("x", text.encode()).diagnostics if d.name == "ambiguous-scalar"]


def test_an_attribute_is_renamed_in_conditions() -> None:
    text = renamed(TEXT, "size", "y")
    assert text == TEXT.replace("  size:", '  "y":').replace("customer.size", "customer.y")


@pytest.mark.parametrize(
    ("word", "name", "why"),
    [
        ("oak", "Elm", "an id has lower-case letters"),
        ("oak", "", "an id has lower-case letters"),
        ("oak", "a" * 65, "at most 64"),
        ("oak", "seed", "there is a tier `seed` already"),
        ("size", "referrals", "there is an attribute `referrals` already"),
        ("size", "a-b", "the name of an attribute has"),
        ("size", "tags", "`customer.tags` is built in"),
        ("Shop", "elm", "nothing here"),
        ("days_since_joined", "elm", "nothing here"),
    ],
)
def test_a_name_that_cannot_be_is_refused(word: str, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        renamed(TEXT, word, name)


def test_a_rule_can_have_the_id_of_a_tier() -> None:
    assert "id: oak\n    activity" in renamed(TEXT, "seed\n", "oak")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_renamed_program_means_the_same(path: Path) -> None:
    view = view_of(path)
    assert view.reading
    declared = [use for use in view.reading.uses if use.declares]
    for use in declared[:: 1 + len(declared) // MOST_RENAMED]:
        text = edited(view.content, rename(view, use.span.start, "renamed"))
        there = compile_bytes("x", text.encode())
        assert [d.name for d in there.diagnostics] == [d.name for d in view.draft.compilation.diagnostics]
        back = checked(text)
        assert back.reading
        same = next(
            u for u in back.reading.uses if u.declares and (u.thing, u.name) == (use.thing, "renamed")
        )
        again = edited(text, rename(back, same.span.start, use.name))
        assert compile_bytes("x", again.encode()).digest == view.draft.compilation.digest
    assert {use.thing for use in view.reading.uses} >= {Thing.RULE}
