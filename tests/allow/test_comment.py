"""What comments allow, whatever they say: never a failure, and every place within the comment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.allow.comment import Allow, Slip, read
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.edits import edited
from tiercel.compiler.source import Span
from tiercel.compiler.syntax.tree import Comment

PARTS = [
    "tiercel",
    ":",
    " ",
    "allow",
    "Allow",
    "ignore",
    "[",
    "]",
    "(",
    ",",
    "inactive-rule",
    "until",
    "2027-01-31",
    "#",
]
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(st.characters(exclude_characters="\r\n"), max_size=3)).map(
    "".join
)
COMMENTS = (TEXTS | TEXTS.map(" tiercel: allow[".__add__) | TEXTS.map(" tiercel: allow[a]".__add__)).map(
    "#".__add__
)
RULE = "tiercel: 1\nprogram: {name: P, currency: CAD}\nearn:\n  - {id: a, activity: review, points: 1, active: false} "


@given(COMMENTS, st.integers(0, 3))
def test_places_are_in_the_comment(text: str, start: int) -> None:
    span = Span(start, start + len(text))
    found = read(Comment(text, span))
    spans: list[Span] = []
    if isinstance(found, Allow):
        assert found.reason.strip() == found.reason != ""
        assert all(
            text[s.start - start : s.end - start] == name.text
            for name, s in ((n, n.span) for n in found.names)
        )
        spans = [found.names_span, *(name.span for name in found.names), *filter(None, [found.until_span])]
    elif isinstance(found, Slip):
        spans = [found.span, *(edit.span for fix in found.fixes for edit in fix.edits)]
        assert found.span.start < found.span.end
    assert all(span.start <= s.start <= s.end <= span.end for s in spans)


@given(COMMENTS)
def test_fixes_are_enough(text: str) -> None:
    """Whatever stands in a comment: when no fix is left to be made, nothing that a fix was for is found any more."""
    program = RULE + text
    for _ in range(len(text)):
        fixes = [
            fix
            for d in compile_bytes("p.yaml", program.encode("utf-8", "surrogatepass")).diagnostics
            for fix in d.fixes
            if "-allow" in d.name
        ]
        if not fixes:
            return
        program = edited(program, fixes[0].edits)
        assert program.startswith(RULE.rstrip())
    raise AssertionError(program)
