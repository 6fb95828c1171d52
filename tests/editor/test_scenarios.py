"""Files of scenarios: what is offered, said and found there, with the program that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.editor.neighbours import Neighbour, Neighbours
from tiercel.editor.positions import Text
from tiercel.editor.scenario_completion import STARTER, complete_scenarios
from tiercel.editor.scenario_hover import PROGRAM, scenario_definition, scenario_hover
from tiercel.editor.scenario_names import THINGS
from tiercel.editor.step_words import VERBS_SAID
from tiercel.editor.suggestion import filled_in
from tiercel.editor.symbols import outline
from tiercel.editor.view import Draft, Known, View
from tiercel.scenarios.notation import VERBS
from tiercel.scenarios.reading import read_scenarios
from tiercel.schema import scenario_schema

from .client import Document, started
from .views import ROOT, checked

SHOP = """\
tiercel: 1
program: {name: Tea Shop, currency: CAD}
customer: {size: text, wholesale: boolean}
vip:
  tiers:
    - {id: seed, name: Seed}
    - {id: oak, name: Oak, when: spend >= 300}
earn:
  - {id: orders, activity: order, points: {seed: 1, oak: 2}, per: 1.00}
  - {id: review, activity: review, points: 5}
  - {id: quiz, activity: "custom:quiz", points: 5}
campaigns:
  - {id: double, multiplier: 2, starts: 2026-11-27, ends: 2026-11-30}
"""
TEXT = """\
tiercel-test: 1
program: shop.yaml
scenarios:
  - scenario: Whoever spends 300 is an Oak
    steps:
      - ann joins
      - ann moves to oak
      - expect:
          ann: {tier: oak, balance: 0}
          effects: [tier_changed: {from: seed, to: oak}]
  - scenario: Each order earns
    rows:
      - {total: 1.00}
      - {total: 2.00}
    steps:
      - bea joins
      - bea orders <total>
      - expect: {effects: [points_earned: {rule: orders, campaign: none}]}
"""
BEGINNING = """\
tiercel-test: 1
program: shop.yaml
scenarios:
  - scenario: One
    steps:
      - ann joins
"""
PLACES = Path(__file__).with_name("scenario-places.txt")
Golden = Callable[[Path, str], None]


def programs() -> Neighbours:
    """One program, which is open."""
    return Neighbours({"shop.yaml": Neighbour("shop.yaml", "file:///shop.yaml", checked(SHOP))}, Text)


def view_of(text: str) -> View:
    """A file of scenarios that was opened."""
    draft = Draft("shop.test.yaml", Text(text))
    return View(draft, draft.after(Known()))


def offered(line: str) -> str:
    """What is offered at the mark of a line, in one line."""
    text = line.replace("⏎", "\n").replace("STEPS", BEGINNING)
    offset = text.index("‸")
    offer = complete_scenarios(view_of(text.replace("‸", "")), offset, programs())
    if offer is None:
        return "  nothing\n"
    begun = text[offer.span.start : offer.span.end]
    return "".join(
        f"  {begun!r} > {s.text!r}  {s.label}  {s.detail}".rstrip() + "\n" for s in offer.suggestions
    )


def test_completion(golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    (tmp_path / "next.yml").write_text(SHOP, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (tmp_path / "shop.test.yaml").write_text(TEXT, encoding="utf-8")
    lines = PLACES.read_text(encoding="utf-8").splitlines()
    golden(PLACES.with_suffix(".out"), "".join(f"{line}\n{offered(line)}" for line in lines))


def test_what_is_offered_in_an_empty_file_can_be_read() -> None:
    reading = read_scenarios("new.test.yaml", filled_in(STARTER).encode())
    assert reading.file is not None
    assert not reading.diagnostics


def test_what_the_schema_calls_a_name_is_known() -> None:
    titles = set(_titles(scenario_schema()))
    assert titles >= {*THINGS, PROGRAM}
    assert VERBS_SAID.keys() == VERBS.keys()


def _titles(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from [schema["title"]] if isinstance(schema.get("title"), str) else []
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _titles(below)


# --- hover and definitions ------------------------------------------------------------------------------------


def at(text: str, mark: str) -> int:
    """The offset of the letter behind the `|` of a stretch of text."""
    return text.index(mark.replace("|", "")) + mark.index("|")


@pytest.mark.parametrize(
    ("mark", "about", "said"),
    [
        ("bala|nce", "balance", "The points that can be spent."),
        ("tier: o|ak", "oak", "*reached by:* `spend >= 300`"),
        ("to o|ak\n", "oak", "tier 2 of 2"),
        ("from: |seed", "seed", "everyone who joins"),
        ("rule: or|ders", "orders", "a rule for orders"),
        ("ann mo|ves", "moves", "by hand"),
        ("bea or|ders <", "orders", "Pays an order"),
        ("program: sh|op", "shop.yaml", "The program file"),
        ("campaign: no|ne", "none", "The id of the campaign"),
    ],
)
def test_hover(mark: str, about: str, said: str) -> None:
    found = scenario_hover(view_of(TEXT), at(TEXT, mark), programs())
    assert found
    assert TEXT[found.span.start : found.span.end] == about
    assert said in found.markdown


@pytest.mark.parametrize(
    ("mark", "declared"),
    [
        ("tier: o|ak", "oak, name"),
        ("to o|ak\n", "oak, name"),
        ("rule: or|ders", "orders, activity"),
        ("program: sh|op", "tiercel: 1"),
        ("bala|nce", None),
        ("a|nn joins", None),
        ("campaign: no|ne", None),
    ],
)
def test_definition(mark: str, declared: str | None) -> None:
    there = scenario_definition(view_of(TEXT), at(TEXT, mark), programs())
    assert (there and SHOP[there.span.start :].startswith(str(declared))) is (
        None if declared is None else True
    )


def test_nothing_is_said_of_a_word_that_is_none() -> None:
    assert scenario_hover(view_of(TEXT), at(TEXT, "a|nn joins"), programs()) is None


def test_what_is_known_moves_with_what_is_typed() -> None:
    broken = TEXT.replace("- ann joins", "- ann joins [\n      - {")
    view = View(Draft("shop.test.yaml", Text(broken)), view_of(TEXT).known)
    assert view.draft.reading is None
    found = scenario_hover(view, at(broken, "tier: o|ak"), programs())
    assert found
    assert broken[found.span.start : found.span.end] == "oak"
    assert [below.name for section in outline(view) for below in section.below] == TITLES


# --- outline --------------------------------------------------------------------------------------------------

TITLES = ["Whoever spends 300 is an Oak", "Each order earns"]


def test_outline() -> None:
    sections = outline(view_of(TEXT))
    assert [section.name for section in sections] == ["tiercel-test", "program", "scenarios"]
    assert [(s.name, s.detail) for s in sections[2].below] == [(TITLES[0], ""), (TITLES[1], "2 rows")]
    for symbol in sections[2].below:
        assert TEXT[symbol.name_span.start : symbol.name_span.end] == symbol.name
        assert symbol.span.start <= symbol.name_span.start <= symbol.name_span.end <= symbol.span.end


# --- whatever is typed ----------------------------------------------------------------------------------------

PIECES = [
    "",
    "\n",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ": ",
    '"',
    "'",
    "#",
    "\t",
    "🌳",
    "<",
    ">",
    "&a",
    "joins ",
    "program: ",
    "\0",
    "|",
]


@given(
    st.lists(st.tuples(st.integers(0, 600), st.sampled_from(PIECES)), min_size=1, max_size=3),
    st.integers(0, 600),
)
def test_every_question_has_an_answer(slips: list[tuple[int, str]], near: int) -> None:
    text = TEXT
    for place, piece in slips:
        text = text[: place % len(text)] + piece + text[place % len(text) :]
    offset = near % (len(text) + 1)
    view = View(Draft("shop.test.yaml", Text(text)), view_of(TEXT).known)
    said = scenario_hover(view, offset, programs())
    assert said is None or said.span.start <= offset <= said.span.end <= len(text)
    offer = complete_scenarios(view, offset, programs())
    assert offer is None or (offer.span.end == offset and offer.suggestions)
    scenario_definition(view, offset, programs())


# --- over the protocol ----------------------------------------------------------------------------------------


def test_scenarios_in_an_editor(tmp_path: Path) -> None:
    """The program on disk, then in the editor: what it declares there counts, saved or not."""
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    with started() as client:
        scenarios = Document(client, TEXT, (tmp_path / "shop.test.yaml").as_uri())
        scenarios.findings()
        said = scenarios.ask("hover", at(TEXT, "tier: o|ak"))
        assert "tier 2 of 2" in said["contents"]["value"]
        (there,) = scenarios.ask("definition", at(TEXT, "tier: o|ak"))
        assert (there["uri"], there["range"]["start"]["line"]) == (path.as_uri(), 6)
        titles = scenarios.about("documentSymbol")[2]["children"]
        assert [(each["name"], each["kind"]) for each in titles] == [(title, 6) for title in TITLES]
        program = Document(client, "# more\n" + SHOP.replace("oak", "elm"), path.as_uri())
        program.findings()
        scenarios.type("      - bea moves to ")
        assert {"seed", "elm"} == scenarios.offered().keys()
        scenarios.type("elm\n")
        (there,) = scenarios.ask("definition", len(scenarios.text) - 2)
        assert program.written(there["range"]) == "elm"
        # A name is changed in its program alone.
        for method, more in (("rename", {"newName": "ash"}), ("prepareRename", {})):
            assert scenarios.ask(method, len(scenarios.text) - 2, **more) is None


def test_every_scenario_of_the_programs_has_an_outline_and_names() -> None:
    seen = 0
    for path in sorted((ROOT / "programs").glob("*.test.yaml")):
        text = path.read_text(encoding="utf-8")
        view = View(Draft(str(path), Text(text)))
        titles = [below.name for section in outline(view) for below in section.below]
        reading = read_scenarios(str(path), text.encode())
        assert reading.file is not None
        assert set(titles) == {" ".join(s.title.split()) for s in reading.file.scenarios} or "rows:" in text
        for found in re.finditer(r"points_earned: \{rule: ([a-z][\w-]*)[,}]", text):
            there = scenario_definition(view, found.start(1), Neighbours({}, Text))
            assert there
            declared = there.neighbour.view.content[there.span.start : there.span.end]
            assert declared == found[1], path
            seen += 1
    assert seen > 20
