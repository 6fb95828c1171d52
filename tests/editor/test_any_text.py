"""Whatever a text looks like while it is written, every question about every place has an answer that fits the text."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.source import Span
from tiercel.editor.actions import actions
from tiercel.editor.completion import complete
from tiercel.editor.hover import hover
from tiercel.editor.positions import Text
from tiercel.editor.symbols import Symbol, outline
from tiercel.editor.uses import definition, occurrences, renamable
from tiercel.editor.view import Draft, Known, View

from .views import ROOT

TEXTS = [(ROOT / "programs" / name).read_text(encoding="utf-8") for name in ("maple.yaml", "marlow.yaml")]
KNOWN = [Draft("program.yaml", Text(text)).after(Known()) for text in TEXTS]
PIECES = [
    "",
    " ",
    "\n",
    "\r\n",
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "#",
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "?",
    ",",
]
PIECES += [
    "---\n",
    "...\n",
    "\t",
    "🌳",
    "\x85",
    "when: ",
    "spend >",
    " and ",
    "customer.",
    "tiers:",
    "<<: ",
    "0x1F",
    "{a: [",
    "\0",
]


@st.composite
def views(draw: Callable[[st.SearchStrategy[int]], int]) -> tuple[View, int]:
    """A program after a few slips, beside what was known of it, and a place in it near the last one."""
    which = draw(st.integers(0, len(TEXTS) - 1))
    text, at = TEXTS[which], 0
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(at + draw(st.integers(0, 12)), len(text))
        text = text[:at] + PIECES[draw(st.integers(0, len(PIECES) - 1))] + text[end:]
    near = at + draw(st.integers(-15, 15))
    return View(Draft("program.yaml", Text(text)), KNOWN[which]), max(0, min(near, len(text)))


def fits(span: Span, view: View) -> bool:
    """Whether a stretch is one of the text."""
    return 0 <= span.start <= span.end <= len(view.content)


@given(views())
def test_every_question_has_an_answer(asked: tuple[View, int]) -> None:
    view, offset = asked
    said = hover(view, offset)
    assert said is None or (fits(said.span, view) and said.span.start <= offset <= said.span.end)
    offer = complete(view, offset)
    assert offer is None or (fits(offer.span, view) and offer.span.end == offset and offer.suggestions)
    assert all(fits(found.span, view) for found in occurrences(view, offset))
    assert all(fits(span, view) for span in definition(view, offset))
    there = renamable(view, offset)
    assert there is None or fits(there, view)
    assert all(
        fits(edit.span, view)
        for action in actions(view.draft, view.draft.compilation.diagnostics, view.draft.text.all)
        for edit in action.edits
    )


@given(views())
def test_the_outline_holds_together(asked: tuple[View, int]) -> None:
    view, _ = asked

    def holds(symbol: Symbol, around: Span) -> bool:
        inside = around.start <= symbol.span.start <= symbol.name_span.start
        return (
            inside
            and symbol.name_span.end <= symbol.span.end <= around.end
            and all(holds(below, symbol.span) for below in symbol.below)
        )

    assert all(holds(symbol, view.draft.text.all) for symbol in outline(view))
