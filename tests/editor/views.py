"""Texts as the editor's modules see them, for their tests."""

from __future__ import annotations

from pathlib import Path

from tiercel.editor.positions import Text
from tiercel.editor.view import Draft, Known, View

ROOT = Path(__file__).parents[2]
MARK = "‸"


def view_of(path: Path) -> View:
    """A file that was opened and checked."""
    return checked(path.read_text(encoding="utf-8"))


def checked(text: str) -> View:
    """A text that was opened and checked."""
    draft = Draft("program.yaml", Text(text))
    return View(draft, draft.after(Known()))


def marked(path: Path) -> tuple[str, int]:
    """A text without its mark, and where that was."""
    text = path.read_text(encoding="utf-8")
    assert text.count(MARK) == 1
    return text.replace(MARK, ""), text.index(MARK)
