"""Reads a CSV file of tier moves: exactly the columns `email` and `vip_tier`, or it is refused whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from .ending import WrongInput
from .files import shown_name
from .printing import count

COLUMNS = ("email", "vip_tier")


class Row(NamedTuple):
    """One move, as the file gives it."""

    email: str
    vip_tier: str


def read_rows(path: str, content: bytes) -> list[Row]:
    """The rows of a file, the columns in either order. Raises `WrongInput` that says what is wrong and where."""
    try:
        lines = list(_lines(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise WrongInput(f"`{shown_name(path)}`: {error}") from None
    if not lines:
        raise WrongInput(f"`{shown_name(path)}` is empty; it needs the columns `email` and `vip_tier`")
    header = lines[0][1]
    if sorted(header) != sorted(COLUMNS):
        found = ", ".join(f"`{column}`" for column in header)
        raise WrongInput(
            f"`{shown_name(path)}` needs exactly the columns `email` and `vip_tier`, and has {found}"
        )
    for number, fields in lines[1:]:
        if len(fields) != len(COLUMNS):
            raise _refused(
                path, number, f"{count(len(fields), 'field')}, where the header has {len(COLUMNS)}"
            )
    return [Row(**dict(zip(header, fields, strict=True))) for _, fields in lines[1:]]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of the line on which each ends; blank lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for fields in reader:
            if fields:
                yield reader.line_num, fields
    except csv.Error as error:
        raise csv.Error(f"line {reader.line_num}: {error}") from None


def _refused(path: str, line: int, why: str) -> WrongInput:
    return WrongInput(f"`{shown_name(path)}`, line {line}: {why}")
