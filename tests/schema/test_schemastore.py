"""The entries for the catalog of SchemaStore: its rules, and that they lead to what is here."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from typing import Any

import pytest

from tiercel.tests.schema.described import ROOT, read_schema

ENTRIES = json.loads((ROOT / "schema" / "schemastore.json").read_text(encoding="utf-8"))["schemas"]

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])


@each_entry
def test_an_entry_is_as_the_catalog_asks(entry: dict[str, Any]) -> None:
    assert entry.keys() == {"name", "description", "fileMatch", "url"}
    for text in (entry["name"], entry["description"]):
        assert re.fullmatch(r"[^\n]*[^,. \t\n-]", text)
        assert "schema" not in text.lower(), "the catalog says that itself"
    for pattern in entry["fileMatch"]:
        assert pattern.startswith("**/") or "/" not in pattern
        assert "tiercel" in pattern, "a pattern that others may use is refused"
        assert not re.search(r"[{}()!]", pattern), "patterns are simple"


@each_entry
def test_an_entry_leads_to_a_schema(entry: dict[str, Any]) -> None:
    (name,) = re.findall(r"^https://www\.schemastore\.org/tiercel-(\w+)\.json$", entry["url"])
    assert read_schema(name)["$id"] == entry["url"]


def test_no_file_is_of_two_kinds() -> None:
    for name in ("shop.tiercel.yaml", "shop.tiercel.test.yaml", "shop.tiercel.yml", "shop.tiercel.test.yml"):
        assert sum(fnmatch(name, p) for entry in ENTRIES for p in entry["fileMatch"]) == 1
