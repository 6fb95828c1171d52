"""Comparisons as text and Markdown: what an author wrote stays text, whatever it looks like."""

from __future__ import annotations

import re

import pytest

from tiercel.compiler.diff.change import Change, Difference, Part, Verdict, change, quoted
from tiercel.compiler.report import diff_markdown, diff_text

# What would do something on a page, or at the end of a comment.
AWKWARD = [
    "<script>alert(1)</script>",
    "<!-- hidden",
    "</details>",
    "@octocat and @org/team",
    "[click](https://example.com)",
    "![x](https://example.com/x.png)",
    "https://example.com www.example.com a@example.com",
    "#1 GH-1 org/repo#1",
    "`code` ``more`` ```",
    "`",
    "a | b",
    "a\n\n# heading",
    "a\r\n- item",
    "**bold** _x_ ~~y~~",
    "&lt;b&gt; &amp;",
    "\\` \\",
    "$x$ :smile:",
    "\x1b[31mred\x07 \u202egnp.exe \u200b",
    "   ",
    "x" * 5000,
]
CODE = re.compile(r"`[^`\n]*`")


def found(text: str, better: bool | None = True, count: int = 1) -> Difference:
    changes: tuple[Change, ...] = (change(text, {"better": better}),) * count
    part = Part("perks", Verdict.CHANGED, changes, (f"about {text}",))
    return Difference(Verdict.CHANGED, (part, Part("rewards", Verdict.EQUIVALENT, ())), (f"also {text}",))


@pytest.mark.parametrize("text", AWKWARD)
def test_markdown_has_it_in_code_alone(text: str) -> None:
    plain = diff_markdown.render(found("`seed` gains the perk ``"), quoted("a"), quoted("b"))
    said = diff_markdown.render(found(f"`seed` gains the perk {quoted(text)}"), text, text)
    assert said.count("\n") == plain.count("\n")
    outside = CODE.sub("", said)
    # The lines without code are those that a program without any texts would give.
    assert outside == CODE.sub("", plain)
    assert "`" not in outside


@pytest.mark.parametrize("text", ["<b>", "[a](b)", "a_b_c", "*a*", "a|b", "~~a~~", "#1", "a & b", "\\"])
def test_markdown_escapes_what_is_not_in_code(text: str) -> None:
    said = diff_markdown.markdown(text)
    assert re.sub(r"\\(.)", r"\1", said) == text
    assert not re.search(r"(?<!\\)[<>\[\]*_|#~&]", said.replace("\\\\", ""))


def test_markdown_lists_no_more_than_a_comment_holds() -> None:
    said = diff_markdown.render(found("a change", count=10_000), "old", "new")
    assert "\n- and 9970 more\n" in said
    assert len(said) < 5000


def test_markdown_folds_assumptions() -> None:
    said = diff_markdown.render(found("x"), "old", "new")
    assert said.endswith("\n<details><summary>What is assumed</summary>\n\n- also x\n\n</details>\n")


@pytest.mark.parametrize("text", AWKWARD)
def test_text_has_a_line_each(text: str) -> None:
    said = diff_text.render(found(f"`seed` gains the perk {quoted(text)}"))
    assert said.count("\n") == 8
    assert all(line.isprintable() for line in said.split("\n"))


def test_text() -> None:
    assert diff_text.render(found("a change", None)).splitlines() == [
        "changed: something differs, and nothing of it is plainly better or worse for customers",
        "",
        "perks: changed",
        "  other   a change",
        "  note    about a change",
        "",
        "equivalent: rewards",
        "assumed: also a change",
    ]


def test_text_in_colour() -> None:
    said = diff_text.render(found("a change", False), colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", said) == diff_text.render(found("a change", False))
    assert "\n  \x1b[31mworse\x1b[0m   a change\n" in said
