"""The values that a key can have, as far as they can be listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .shapes import Shape
from .suggestion import Sort, Suggestion

# In a mapping that is offered in brackets, what stands for the value of each key until it is filled in.
_FILLED = {
    "days": "30",
    "times": "1",
    "one": "point",
    "many": "points",
    "one_of": "[a, b]",
    "calendar_year": '{starts: "01-01"\\}',
    "rolling": "{days: 365\\}",
    "effects": "[]",
    "exactly": "[]",
    "not": "[]",
    "snapshot": '""',
}


def values(path: tuple[str, ...], shape: Shape, tiers: Mapping[str, str]) -> Iterator[Suggestion]:
    """The values at a path; `tiers` are the ids of the program's tiers, each with its name."""
    match path:
        case ("program", "currency"):
            yield from _currencies()
        case ("program", "timezone"):
            yield from _zones()
        case ("earn", _, "tiers", "include") | ("earn", _, "tiers", "exclude", "-"):
            yield from (Suggestion(tier, Sort.ID, tier, name) for tier, name in tiers.items())
        case ("earn", _, "tiers"):
            yield Suggestion(
                "{include: …}", Sort.SNIPPET, "{include: $1}", "members of one tier", snippet=True
            )
            yield Suggestion("{exclude: […]}", Sort.SNIPPET, "{exclude: [$1]}", "all but some", snippet=True)
        case ("earn", _, "points") if tiers:
            yield _table(tiers)
        case ("vip", "launches"):
            yield Suggestion("not_yet", Sort.WORD, "not_yet", "nobody is placed in a tier")
        case _:
            yield from words(shape)
            yield from mapping_in_brackets(shape)


def default_words(value: Any) -> str:
    """A default as a file would write it; empty where there is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {default_words(of)}" for key, of in value.items()) + "}"
    return "" if value is None else str(value)


def words(shape: Shape) -> Iterator[Suggestion]:
    """The words that a value can be."""
    default = default_words(shape.default)
    for word in shape.words:
        yield _word(word.text, word.meaning, default)
    if shape.types == ["boolean"]:
        yield from (_word(word, "", default) for word in ("true", "false"))
    if shape.kind == "an activity":
        meaning = "an activity of your own"
        yield Suggestion("custom:…", Sort.SNIPPET, "custom:${1:id}", meaning, snippet=True)


def _word(word: str, meaning: str, default: str) -> Suggestion:
    return Suggestion(word, Sort.WORD, word, "default" if word == default else "", meaning)


def mapping_in_brackets(shape: Shape) -> Iterator[Suggestion]:
    """A mapping in brackets, with the keys that it has to have; of those that need none, one for each key."""
    if "object" not in shape.types or not shape.keys:
        return
    needed = [shape.required] if shape.required else [[key] for key in shape.keys]
    for keys in needed:
        label = "{" + ", ".join(f"{key}: …" for key in keys) + "}"
        filled = ", ".join(
            f"{key}: ${{{number}:{_FILLED.get(key, '')}}}" for number, key in enumerate(keys, start=1)
        )
        yield Suggestion(label, Sort.SNIPPET, "{" + filled + "}", shape.kind, shape.description, snippet=True)


def _table(tiers: Mapping[str, str]) -> Suggestion:
    rates = ", ".join(f"{tier}: ${{{number}:1}}" for number, tier in enumerate(tiers, start=1))
    label = (
        "{" + ", ".join(f"{tier}: …" for tier in list(tiers)[:3]) + (", …" if len(tiers) > 3 else "") + "}"
    )
    return Suggestion(label, Sort.SNIPPET, "{" + rates + "}", "a rate for each tier", snippet=True)


def _currencies() -> Iterator[Suggestion]:
    from ..compiler.model.currencies import currencies

    for code, currency in sorted(currencies().items()):
        decimals = f"{currency.decimals} decimals" if currency.decimals else "no decimals"
        yield Suggestion(code, Sort.WORD, code, decimals)


def _zones() -> Iterator[Suggestion]:
    from importlib.resources import files

    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    yield from (Suggestion(zone, Sort.WORD, zone) for zone in sorted(listed))
