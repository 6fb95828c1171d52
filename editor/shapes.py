"""What the schema says of a place in a program: its keys, words, default and description, given what stands beside it.

A schema has branches. One that asks what kind a value is (a text or a mapping) is taken both ways, since the value is
still to be written; one that asks about other keys is decided by those that are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..compiler.node import Node, node
from ..compiler.syntax.accepts import acceptance

Schema = dict[str, Any]
Beside = dict[str, Any]

ITEM = "-"  # a step of a path: into an item of a list


@node
class Word(Node):
    """A word that a value can be, and what it means, if the schema says."""

    text: str
    meaning: str


@node
class Shape(Node):
    """What can stand at a place."""

    schema: Schema

    @property
    def description(self) -> str:
        """What it is for, in Markdown; empty where nothing is said."""
        return str(self.schema.get("description", ""))

    @property
    def kind(self) -> str:
        """What a value is called: "a rate", "a list of tiers"."""
        return str(self.schema.get("title", ""))

    @property
    def types(self) -> list[str]:
        """The JSON types of its values."""
        stated = self.schema.get("type", [])
        return [stated] if isinstance(stated, str) else list(stated)

    @property
    def default(self) -> Any:
        """The value where the key is left out; none where there is no such value."""
        return self.schema.get("default")

    @property
    def keys(self) -> list[str]:
        """The keys that can be there, in the order of the schema, those aside that others rule out."""
        stated = self.schema.get("properties", {})
        return [key for key, schema in stated.items() if schema.get("not") != {}]

    @property
    def required(self) -> list[str]:
        """The keys that have to be there."""
        return list(self.schema.get("required", []))

    @property
    def words(self) -> list[Word]:
        """The words that a value can be."""
        meanings = self.schema.get("enumDescriptions", [])
        words = self.schema.get("enum", [])
        meanings = meanings if len(meanings) == len(words) else [""] * len(words)
        return [Word(str(word), meaning) for word, meaning in zip(words, meanings, strict=True)]

    @property
    def is_list(self) -> bool:
        """Whether it is for a list."""
        return self.types == ["array"]

    @property
    def is_mapping(self) -> bool:
        """Whether it is for a mapping and nothing else."""
        return self.types == ["object"]


def shape_at(schema: Schema, path: Sequence[str], beside: Sequence[Beside]) -> Shape | None:
    """The shape at a path of keys and `ITEM`s; none for a key that is not known.

    `beside` has, for each step and for the end, the keys and values of the mapping there (empty for a list).
    """
    definitions = schema.get("definitions", {})
    here = _settled(schema, _of(beside, 0), definitions)
    for depth, step in enumerate(path):
        below = _below(here, step)
        if below is None or below.get("not") == {}:
            return None
        here = _settled(below, _of(beside, depth + 1), definitions)
    return Shape(here)


def _of(beside: Sequence[Beside], depth: int) -> Beside:
    return beside[depth] if depth < len(beside) else {}


def _below(schema: Schema, step: str) -> Schema | None:
    if step == ITEM:
        items: Schema | None = schema.get("items")
        return items
    stated: Schema | None = schema.get("properties", {}).get(step)
    more = schema.get("additionalProperties")
    return stated if stated is not None else more if isinstance(more, dict) else None


def _settled(schema: Schema, beside: Beside, definitions: Schema) -> Schema:
    """The schema without references and branches."""
    if "$ref" in schema:
        referred = definitions[schema["$ref"].rpartition("/")[2]]
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return _settled(_merged(referred, rest), beside, definitions)
    settled = {key: value for key, value in schema.items() if key not in ("if", "then", "else", "allOf")}
    for branching in (schema, *schema.get("allOf", ())):
        for branch in _branches(branching, beside, definitions):
            settled = _merged(settled, _settled(branch, beside, definitions))
    return settled


def _branches(schema: Schema, beside: Beside, definitions: Schema) -> Iterator[Schema]:
    """The branches that apply: both where the question is of what kind the value is."""
    asked = schema.get("if")
    if asked is None:
        return
    open_question = not asked.keys() & {"properties", "required"}
    holds = not open_question and acceptance({**asked, "definitions": definitions})(beside)
    if open_question or holds:
        yield schema.get("then", {})
    if open_question or not holds:
        yield schema.get("else", {})


def _merged(one: Schema, two: Schema) -> Schema:
    """Both schemas at once; where they say different things, as the second one says."""
    merged = dict(one)
    for key, value in two.items():
        had = merged.get(key)
        if isinstance(had, dict) and isinstance(value, dict):
            merged[key] = _merged(had, value)
        elif key in ("required", "enum", "enumDescriptions") and had:
            merged[key] = list(dict.fromkeys([*had, *value]))
        else:
            merged[key] = value
    return merged
