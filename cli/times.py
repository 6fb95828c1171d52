"""Reads the moments that options give: an instant with offset, or a local time of the program."""

from __future__ import annotations

import click

from ..compiler.model.moments import BadMoment, instant_of
from ..runtime.instants import parse_instant, zone

FORMS = (
    "an instant (2026-11-27T09:30:00Z), or a time in the program's time zone (2026-11-27, 2026-11-27T09:30)"
)


def read_time(text: str, timezone: str, option: str, *, end: bool = False) -> int:
    """The instant of an option's value, in nanoseconds since 1970; a bare date as an `end` is the last of its day.

    Raises `click.UsageError` that names the option.
    """
    try:
        instant = instant_of(text, zone(timezone), timezone, end=end)
        return instant - 1 if end and "T" not in text else instant
    except BadMoment as bad:
        local = str(bad)
    try:
        return parse_instant(text)
    except ValueError as error:
        # Of two ways to be wrong, the reason that fits how it was written.
        looks_absolute = text[10:].rstrip("Zz") != text[10:] or any(sign in text[10:] for sign in "+-")
        why = f"`{text}` is {error}" if looks_absolute else local
    raise click.UsageError(f"{option}: {why}; write {FORMS}")
