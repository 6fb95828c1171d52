"""Completion: `completion/NAME.yaml` has a place marked with `‸`, `NAME.out` what is offered there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tiercel.compiler.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from tiercel.editor.completion import STARTER, complete
from tiercel.editor.declared import conditions
from tiercel.editor.index import names_in
from tiercel.editor.positions import Text
from tiercel.editor.scan import Role, spot_at
from tiercel.editor.suggestion import filled_in
from tiercel.editor.view import Draft, Known, View

from .views import ROOT, marked, view_of

CASES = sorted((Path(__file__).parent / "completion").glob("*.yaml"))
PROGRAMS = sorted(set((ROOT / "programs").glob("*.yaml")) - set((ROOT / "programs").glob("*.test.yaml")))
MOST_SHOWN = 40

Golden = Callable[[Path, str], None]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_completion(path: Path, golden: Golden) -> None:
    text, offset = marked(path)
    offer = complete(View(Draft(path.name, Text(text))), offset)
    lines = ["nothing"]
    if offer:
        lines = [f"in place of {text[offer.span.start : offer.span.end]!r}"]
        for each in offer.suggestions[:MOST_SHOWN]:
            lines.append("  ".join(filter(None, [each.label, repr(each.text), each.detail])))
            lines += [f"    {line}" for line in each.documentation.splitlines() if line]
        lines += ["…"] if len(offer.suggestions) > MOST_SHOWN else []
    golden(path.with_suffix(".out"), "\n".join(lines) + "\n")


# --- in texts that are in order, what is there is among what is offered ----------------------------------------


def scalars(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar, Entry | None]]:
    """Every key and every scalar value, with its path; of a key, with its entry."""
    match node:
        case Mapping():
            for entry in node.entries:
                yield path, entry.key, entry
                yield from scalars(entry.value, (*path, entry.key.text))
        case Sequence():
            for item in node.items:
                yield from scalars(item, (*path, "-"))
        case Scalar():
            yield path, node, None


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_the_text_up_to_a_place_leads_where_the_tree_leads(path: Path) -> None:
    view = view_of(path)
    assert view.reading
    seen = 0
    for expected, scalar, entry in scalars(view.reading.tree.root):
        spot = spot_at(view.content, scalar.span.start)
        # Where an item of a list begins, a key and a value look alike.
        item = entry is None and expected[-1:] == ("-",)
        assert spot, scalar
        assert spot.path == expected, scalar
        assert item or spot.role is (Role.KEY if entry else Role.VALUE)
        seen += 1
    assert seen > 20


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_key_that_is_there_would_be_offered(path: Path) -> None:
    view = view_of(path)
    assert view.reading
    for where, key, entry in scalars(view.reading.tree.root):
        if entry and where != ("customer",):
            offer = complete(view, key.span.end)
            assert offer, key
            assert key.text in [each.label for each in offer.suggestions], where


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_name_that_is_read_would_be_offered(path: Path) -> None:
    view = view_of(path)
    assert view.reading
    for condition in conditions(view.reading.tree.root):
        for name, span in names_in(view.reading.source, condition):
            offer = complete(view, span.end)
            assert offer, name
            assert name in [each.label for each in offer.suggestions], condition.text


def test_the_starter_is_a_program_without_findings() -> None:
    draft = Draft("new.yaml", Text(filled_in(STARTER)))
    assert not draft.compilation.diagnostics


def test_ids_are_known_though_the_text_is_broken() -> None:
    path = ROOT / "programs" / "maple.yaml"
    known = Draft("maple", Text(path.read_text(encoding="utf-8"))).after(Known())
    broken = path.read_text(encoding="utf-8").replace("currency: CAD", 'currency: "CAD')
    text = broken + "  - id: more\n    activity: order\n    tiers: {include: "
    offer = complete(View(Draft("maple", Text(text)), known), len(text))
    assert offer
    assert [each.label for each in offer.suggestions] == ["seed", "sapling", "maple"]
