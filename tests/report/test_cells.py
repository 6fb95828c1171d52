"""Widths of characters, as terminals that know emoji show them."""

from __future__ import annotations

import pytest

from tiercel.compiler.report.cells import cells, visible


@pytest.mark.parametrize(
    ("line", "width"),
    [
        ("spend", 5),
        ("日本", 4),
        ("ｶﾅ", 2),
        ("e\u0301", 1),
        ("🎁", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("🏳\ufe0f\u200d🌈", 2),
        ("🇨🇦", 2),
        ("\tx", 5),
        ("abc\tx", 5),
        ("日\tx", 5),
        ("\x1b", 4),
        ("\u202e", 6),
        ("a\u200db", 8),
        ("\U000e0041", 10),
    ],
)
def test_width(line: str, width: int) -> None:
    assert sum(cell.width for cell in cells(line)) == width
    assert len(cells(line)) == len(line)


def test_visible_escapes_what_cannot_be_seen() -> None:
    assert visible("a\tb\r\n\x00\u2028 é 🎁") == "a\\tb\\r\\n\\x00\\u2028 é 🎁"
