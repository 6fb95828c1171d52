"""What the schema asks for at a place of a file: which types, which keys. For places whose values are not in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...schema import program_schema

Schemas = list[dict[str, Any]]

# Texts of which any can stand there, as far as the schema says.
_FREE = frozenset({"a name", "text", "an id", "the id of a tier", "the id of one tier"})


class Due(NamedTuple):
    """What is due at a place: all schemas that have a say there, the one that names its type first."""

    schemas: Schemas

    def types(self) -> set[str]:
        """The names of the types that can stand there; none where nothing is known."""
        for schema in self.schemas:
            if "type" in schema:
                types = schema["type"]
                return {types} if isinstance(types, str) else set(types)
        return set()

    def takes_text(self) -> bool:
        """Whether texts of the author's own stand there, and nothing else does."""
        first = self.schemas[0] if self.schemas else {}
        return self.types() == {"string"} and "enum" not in first and first.get("title") in _FREE

    def keys_known(self) -> set[str]:
        """The keys that can stand in a mapping there."""
        return {key for schema in _all(self.schemas) for key in schema.get("properties", {})}

    def required(self) -> set[str]:
        """The keys that cannot be left out there."""
        return {key for schema in _all(self.schemas) for key in schema.get("required", ())}

    def names_its_own(self) -> bool:
        """Whether the keys of a mapping there are the author's own."""
        return any(isinstance(s.get("additionalProperties"), dict) for s in _all(self.schemas))

    def at(self, step: str | int) -> Due:
        """What is due at a key, or at an item."""
        return Due([_resolved(found) for schema in _all(self.schemas) for found in _below(schema, step)])


def top() -> Due:
    """What is due of a whole file."""
    return Due([program_schema()])


def all_keys() -> set[str]:
    """Every key of the language, wherever it stands."""
    parts = [program_schema(), *program_schema()["definitions"].values()]
    return {key for part in _all(parts) for key in part.get("properties", {})}


def _below(schema: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    if isinstance(step, int):
        if "items" in schema:
            yield schema["items"]
    elif step in schema.get("properties", {}):
        yield schema["properties"][step]
    elif isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]


def _all(schemas: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The schemas, and those that count beside them where values are of one kind or another."""
    for schema in schemas:
        yield schema
        yield from _all(
            schema[word] for word in ("then", "else") if word in schema and "not" not in schema[word]
        )


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = program_schema()["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    return schema
