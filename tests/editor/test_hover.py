"""Hover: `hover/NAME.yaml` has a place marked with `‸`, `NAME.md` what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tiercel.compiler.model.scope import Place, Scope
from tiercel.editor.hover import hover
from tiercel.editor.name_words import MEANINGS
from tiercel.editor.positions import Text
from tiercel.editor.shapes import ITEM, shape_at
from tiercel.editor.view import Draft, View
from tiercel.schema import program_schema

from .views import ROOT, checked, marked

CASES = sorted((Path(__file__).parent / "hover").glob("*.yaml"))

Golden = Callable[[Path, str], None]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_hover(path: Path, golden: Golden) -> None:
    text, offset = marked(path)
    said = hover(checked(text), offset)
    about = f"About `{text[said.span.start : said.span.end]}`:\n\n{said.markdown}\n" if said else "Nothing.\n"
    golden(path.with_suffix(".md"), about)


def test_every_name_has_a_meaning() -> None:
    names = {name for place in Place for name in Scope(place, ()).names}
    assert names == MEANINGS.keys()


def paths(schema: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Every path of keys that the schema knows."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        path = waiting.pop()
        shape = shape_at(schema, path, ())
        assert shape is not None
        if shape.is_list:
            waiting.append((*path, ITEM))
        for key in shape.keys:
            yield (*path, key)
            waiting.append((*path, key))


def test_every_key_is_described() -> None:
    schema = program_schema()
    found = list(paths(schema))
    assert len(found) > 60
    assert [path for path in found if not getattr(shape_at(schema, path, ()), "description", "")] == []


def test_what_is_known_moves_with_what_is_typed() -> None:
    text = (ROOT / "programs" / "maple.yaml").read_text(encoding="utf-8")
    known = checked(text).known
    broken = text.replace("  window: calendar_year\n", "  window: calendar_year\n  laun: [\n")
    view = View(Draft("program.yaml", Text(broken)), known)
    assert view.draft.reading is None
    for word in ("sapling: 1.25", "currency"):
        offset = broken.index(word) + 2
        said = hover(view, offset)
        assert said
        assert said.span.start <= offset <= said.span.end
        assert broken[said.span.start : said.span.end] == word.partition(":")[0]
    assert hover(view, broken.index("laun") + 2) is None
