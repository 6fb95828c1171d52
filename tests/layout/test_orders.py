"""The tables of layout have every key of the schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tiercel.compiler.layout.forms import Form, Items, Keys, items_of, keys_of
from tiercel.compiler.layout.program_order import PROGRAM
from tiercel.compiler.layout.scenario_order import SCENARIOS

SCHEMAS = Path(__file__).parents[2] / "schema"


def differences(schema: dict[str, Any], form: Form, whole: dict[str, Any], path: str) -> Iterator[str]:
    """Where the schema has keys that the table lacks, or the other way around."""
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].rpartition("/")[2]]
    for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from differences(each, form, whole, path)
    keys, items = keys_of(form), items_of(form)
    if "properties" in schema:
        found, known = set(schema["properties"]), set(keys.forms)
        if found != known:
            yield f"{path}: {sorted(found ^ known)}"
        for key, inner in schema["properties"].items():
            yield from differences(inner, keys.forms.get(key, keys.others), whole, f"{path}/{key}")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from differences(schema["additionalProperties"], keys.others, whole, f"{path}/*")
    if "items" in schema:
        yield from differences(schema["items"], items.of, whole, f"{path}[]")


@pytest.mark.parametrize(("name", "table"), [("program", PROGRAM), ("scenario", SCENARIOS)])
def test_every_key_has_its_place(name: str, table: Keys) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert list(differences(schema, table, schema, name)) == []


def test_a_key_without_a_place_is_seen() -> None:
    schema = {"properties": {"a": {"items": {"properties": {"b": {}}}}}}
    assert list(differences(schema, Keys({"a": Items(Keys({}))}), schema, "x")) == ["x/a[]: ['b']"]
