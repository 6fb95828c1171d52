"""The places of a program at which each part of the schema stands, to try there what the schema says by example."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.plain import plain
from tiercel.tests.properties.yaml_text import Raw, block

ROOT = Path(__file__).parents[2]
BASES = sorted((Path(__file__).parent / "bases").glob("*.yaml"))

Schema = dict[str, Any]
Path_ = tuple[str | int, ...]

# Where a schema has schemas: one, several, or several by name.
ONE = ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not")
SEVERAL = ("allOf", "anyOf", "oneOf")
NAMED = ("properties", "definitions")


def read_schema(name: str) -> Schema:
    text = (ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text, parse_float=Decimal)
    return schema


def parts(schema: Schema, pointer: str = "#") -> Iterator[tuple[str, Schema]]:
    """A schema and all schemas in it, with their pointers; values in `default`, `examples` and the like are none."""
    yield pointer, schema
    for keyword, within in schema.items():
        if keyword in ONE and isinstance(within, dict):
            yield from parts(within, f"{pointer}/{keyword}")
        elif keyword in SEVERAL:
            for at, part in enumerate(within):
                yield from parts(part, f"{pointer}/{keyword}/{at}")
        elif keyword in NAMED:
            for name, part in within.items():
                yield from parts(part, f"{pointer}/{keyword}/{name}")


class Described:
    """The parts of a schema by pointer, and where in a program each part of the program's schema stands."""

    def __init__(self, name: str) -> None:
        self.schema = read_schema(name)
        self.parts = dict(parts(self.schema))

    def accepts(self, pointer: str, value: Any) -> bool:
        """Whether a value fits a part of the schema alone."""
        part = {"definitions": self.schema["definitions"], "allOf": [self.parts[pointer]]}
        return bool(Draft7Validator(part).is_valid(value))

    def stating(self, keyword: str) -> list[str]:
        """The parts that have a keyword."""
        return [pointer for pointer, part in self.parts.items() if keyword in part]

    def places(self, pointer: str, keyword: str) -> Iterator[tuple[Any, Path_]]:
        """The bases, and the paths in them, at which a keyword of a part counts: not where nearer words replace it."""
        for base in bases():
            for path, chain in self._walk(base, "#"):
                nearest = next((each for each in chain if keyword in self.parts[each]), None)
                if nearest == pointer:
                    yield base, path

    def _walk(self, value: Any, *chain: str, path: Path_ = ()) -> Iterator[tuple[Path_, list[str]]]:
        """Paths of a value, each with the parts that describe it: a key's own words, then those it refers to."""
        described = [part for pointer in chain for part in self._followed(pointer, value)]
        yield path, described
        for step in (
            value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        ):
            below = [pointer for part in described for pointer in self._below(part, step)]
            if below:
                yield from self._walk(value[step], *below, path=(*path, step))

    def _followed(self, pointer: str, value: Any) -> Iterator[str]:
        yield pointer
        part = self.parts[pointer]
        if "$ref" in part:
            yield from self._followed(part["$ref"], value)
        if "if" in part:
            branch = "then" if self.accepts(f"{pointer}/if", value) else "else"
            if branch in part:
                yield from self._followed(f"{pointer}/{branch}", value)

    def _below(self, pointer: str, step: str | int) -> Iterator[str]:
        part = self.parts[pointer]
        if isinstance(step, int):
            if "items" in part:
                yield f"{pointer}/items"
        elif step in part.get("properties", {}):
            yield f"{pointer}/properties/{step}"
        elif isinstance(part.get("additionalProperties"), dict):
            yield f"{pointer}/additionalProperties"


@cache
def bases() -> list[Any]:
    """Programs that between them have every key of the language, as plain values."""
    return [_value_of(path) for path in BASES]


def _value_of(path: Path) -> Any:
    source = SourceFile(path.name, path.read_text(encoding="utf-8"))
    document = read_document(source, Report(source))
    assert document is not None
    return plain(document.root)


def with_value(base: Any, path: Path_, value: Any) -> str:
    """The text of a program with another value at a path."""
    if not path:
        return as_text(value)
    changed = copy.deepcopy(base)
    _holder(changed, path)[path[-1]] = value
    return as_text(changed)


def without(base: Any, path: Path_) -> str:
    """The text of a program without the key at a path."""
    changed = copy.deepcopy(base)
    del _holder(changed, path)[path[-1]]
    return as_text(changed)


def _holder(value: Any, path: Path_) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


def as_text(value: Any) -> str:
    return "\n".join(block(_written(value), 0)) + "\n"


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_written(each) for each in value]
    return Raw(value) if isinstance(value, Decimal) else value
