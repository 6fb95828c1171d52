"""The schemas: drafts that hold, words for editors, and a quick check that says what jsonschema says."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.accepts import acceptance
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.plain import plain
from tiercel.schema import program_schema

ROOT = Path(__file__).parents[2]
SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
PROGRAMS = sorted(path for path in (ROOT / "programs").glob("*.yaml") if ".test." not in path.name)
EVENTS = json.loads((ROOT / "schema" / "event.schema.json").read_text(encoding="utf-8"))

ACCEPTS = acceptance(program_schema())
VALIDATOR = Draft7Validator(program_schema())
FAST = fastjsonschema.compile(program_schema(), use_default=False)


def value_of(path: Path) -> Any:
    source = SourceFile(path.name, path.read_text(encoding="utf-8"))
    report = Report(source)
    document = read_document(source, report)
    assert document is not None
    return plain(document.root)


VALUES = [value_of(path) for path in (*PROGRAMS, Path(__file__).parent / "shape" / "valid.yaml")]


def fits(value: Any) -> bool:
    """What a third reader of the schema says."""
    try:
        FAST(value)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from subschemas(part)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_schema_is_draft_7(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_every_key_is_described(path: Path) -> None:
    for schema in subschemas(json.loads(path.read_text(encoding="utf-8"))):
        for key, described in schema.get("properties", {}).items():
            # Conditions on keys that are described elsewhere have no words of their own.
            narrows = not described.keys() - {"items", "const", "type", "anyOf", "enum"} or "not" in described
            assert narrows or described["description"].endswith("."), key


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_references_resolve(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    used = {part["$ref"] for part in subschemas(schema) if "$ref" in part}
    assert used == {f"#/definitions/{name}" for name in schema["definitions"]}


def test_every_program_is_accepted() -> None:
    for value in VALUES:
        assert list(VALIDATOR.iter_errors(value)) == []
        assert ACCEPTS(value)


WORDS = [
    "order",
    "none",
    "gold",
    "include",
    "per",
    "id",
    "type",
    "2026-01-01",
    "not_yet",
    "custom:x",
    "A b",
    "",
    "x\n",
]
SCALARS = st.sampled_from([True, False, 0, 1, -1, 5, Decimal("0.5"), Decimal("-1.5"), *WORDS])
OTHERS = SCALARS | st.sampled_from(
    [[], {}, ["gold"], [1], {"id": "x"}, {"include": "gold"}, {"times": 1}, {"days": 5}]
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping in a value, with each of its indexes or keys."""
    keys = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    for key in keys:
        yield value, key
        yield from places(value[key])


def known_keys() -> list[str]:
    return sorted(
        {key for schema in subschemas(program_schema()) for key in schema.get("properties", {})} | {"x"}
    )


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_the_quick_check_says_what_jsonschema_says(data: st.DataObject) -> None:
    value = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(list(places(value)) or [({}, "x")]))
        change = data.draw(st.sampled_from(["set", "drop", "add"]))
        if change == "add" and isinstance(holder, dict):
            holder[data.draw(st.sampled_from(known_keys()))] = copy.deepcopy(data.draw(OTHERS))
        elif change == "drop":
            del holder[key]
        else:
            holder[key] = copy.deepcopy(data.draw(OTHERS))
    assert ACCEPTS(value) is VALIDATOR.is_valid(value) is fits(value)


@settings(deadline=None, max_examples=200)
@given(
    st.recursive(
        OTHERS, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(known_keys()), inner)
    )
)
def test_they_agree_on_anything(value: Any) -> None:
    assert ACCEPTS(value) is VALIDATOR.is_valid(value) is fits(value)


def test_an_unknown_keyword_is_refused() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        acceptance({"properties": {"a": {"oneOf": []}}})


def test_a_valid_program_does_not_import_jsonschema() -> None:
    program = PROGRAMS[0]
    code = (
        "import sys; from tiercel.compiler.driver import compile_file; "
        f"assert not compile_file({str(program)!r}).has_errors; print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- events -----------------------------------------------------------------------------------------------------

EVENT = {"id": "e", "type": "clock", "at": "2026-01-20T18:30:00-05:00", "customer": "c"}
ORDER = {"id": "1", "total": "5.00", "items": [{"total": 5, "gift_card": True, "tags": ["x"]}]}
GOOD = [
    EVENT,
    {
        **EVENT,
        "type": "customer.enrolled",
        "email": "a@b.example",
        "since": "2025-01-20T18:30:00Z",
        "signup": False,
    },
    {**EVENT, "type": "customer.updated", "tags": [], "attributes": {"x": 1}},
    {**EVENT, "type": "activity", "activity": "custom:tasting"},
    {**EVENT, "type": "order.paid", "order": ORDER},
    {
        **EVENT,
        "type": "order.refunded",
        "order": {"id": "1", "amount": 5, "items": [{"line": 0, "total": 5}]},
    },
    {**EVENT, "type": "points.adjusted", "points": -5, "reason": "slip"},
    {**EVENT, "type": "tier.set", "tier": "gold"},
    {"id": "e", "type": "tiers.imported", "at": EVENT["at"], "rows": [{"email": "a", "vip_tier": "Gold"}]},
    {**EVENT, "type": "customer.removed"},
]
BAD = [
    {**EVENT, "type": "order.cancelled"},
    {**EVENT, "at": "2026-01-20"},
    {**EVENT, "id": ""},
    {**EVENT, "extra": 1},
    {**EVENT, "type": "customer.enrolled"},
    {**EVENT, "type": "activity", "activity": "signup"},
    {**EVENT, "type": "order.paid", "order": {**ORDER, "total": "-5"}},
    {**EVENT, "type": "order.paid", "order": {**ORDER, "items": [{"total": 5, "price": 5}]}},
    {**EVENT, "type": "order.refunded", "order": {"id": "1"}},
    {**EVENT, "type": "points.adjusted", "points": 0},
    {**EVENT, "type": "tiers.imported", "rows": [{"email": "a"}]},
    {"type": "clock", "at": EVENT["at"], "customer": "c"},
]


@pytest.mark.parametrize("event", GOOD, ids=lambda event: event["type"])
def test_events_fit(event: dict[str, Any]) -> None:
    assert list(Draft7Validator(EVENTS).iter_errors(event)) == []


@pytest.mark.parametrize("event", BAD, ids=json.dumps)
def test_what_is_no_event_does_not_fit(event: dict[str, Any]) -> None:
    assert not Draft7Validator(EVENTS).is_valid(event)


def test_sample_events_fit() -> None:
    validator = Draft7Validator(EVENTS)
    for path in sorted((ROOT / "programs").glob("*.events.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
            assert validator.is_valid(json.loads(line, parse_float=Decimal)), f"{path.name}: {line}"
