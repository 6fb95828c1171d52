"""The words of the schemas: complete, and in Markdown as editors show them, which is made from the plain ones.

`pytest --update` writes what is made into the schemas.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tiercel.tests.properties.yaml_text import flow
from tiercel.tests.schema.described import ONE, ROOT, SEVERAL, Schema, parts

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
MADE = ("markdownDescription", "markdownEnumDescriptions")

Golden = Callable[[Path, str], None]

each_schema = pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)


def read(path: Path) -> Schema:
    schema: Schema = json.loads(path.read_text(encoding="utf-8"))
    return schema


# --- Markdown ---------------------------------------------------------------------------------------------------


def with_markdown(schema: Schema, root: Schema) -> Schema:
    """A schema in which each description, and each list of what words mean, is followed by the same in Markdown.

    Editors show a plain description as it stands, marks included.
    """
    made: Schema = {}
    for keyword, value in schema.items():
        if keyword in MADE:
            continue
        made[keyword] = within(keyword, value, root)
        if keyword == "description":
            made["markdownDescription"] = markdown(schema, root)
        if keyword == "enumDescriptions":
            made["markdownEnumDescriptions"] = value
    return made


def within(keyword: str, value: Any, root: Schema) -> Any:
    """What stands under a keyword, with Markdown where it is schemas."""
    if keyword in ONE and isinstance(value, dict):
        return with_markdown(value, root)
    if keyword in SEVERAL:
        return [with_markdown(part, root) for part in value]
    if keyword in ("properties", "definitions"):
        return {name: with_markdown(part, root) for name, part in value.items()}
    return value


def markdown(schema: Schema, root: Schema) -> str:
    """The description, and the default if there is one, here or in what is referred to."""
    referred = root["definitions"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
    default = schema.get("default", referred.get("default"))
    if default in (None, ""):
        return str(schema["description"])
    return f"{schema['description']}\n\nDefault: `{shown(default)}`"


def shown(default: Any) -> str:
    """A default as one would write it; what begins with a digit, and is text, in quotes."""
    plain = isinstance(default, str) and not default[0].isdigit()
    return str(default) if plain else flow(default)


@each_schema
def test_markdown_is_fresh(path: Path, golden: Golden) -> None:
    schema = read(path)
    golden(path, json.dumps(with_markdown(schema, schema), indent=2, ensure_ascii=False) + "\n")


# --- completeness -----------------------------------------------------------------------------------------------


@each_schema
def test_every_definition_has_words(path: Path) -> None:
    for name, definition in read(path)["definitions"].items():
        assert definition["title"], name
        assert definition["description"].endswith("."), name


@each_schema
def test_every_word_of_several_is_explained_or_none(path: Path) -> None:
    for pointer, part in parts(read(path)):
        if "enumDescriptions" in part:
            assert len(part["enumDescriptions"]) == len(part["enum"]), pointer


@each_schema
def test_unknown_keys_are_seen(path: Path) -> None:
    for pointer, part in parts(read(path)):
        if "properties" in part and "description" in part and pointer != "#":
            # Where names of one's own are keys, their values are described.
            assert part["additionalProperties"] is not True, pointer


def test_a_program_has_known_keys_alone() -> None:
    assert read(ROOT / "schema" / "program.schema.json")["additionalProperties"] is False
