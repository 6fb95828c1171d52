"""Fills the generated parts of docs/language.md: keys from the schema, grammar and names from the compiler.

Between `<!-- generated: PART -->` and `<!-- end -->` stands what a function here writes; the prose around is by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tiercel.compiler.model.scope import Place, Scope

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "language.md"
MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

Golden = Callable[[Path, str], None]
Schema = dict[str, Any]

SCHEMA: Schema = json.loads((ROOT / "schema" / "program.schema.json").read_text(encoding="utf-8"))
DEFINITIONS: dict[str, Schema] = SCHEMA["definitions"]

# Definitions with a section of keys, in the order of a file: the heading of each.
SECTIONS = {
    "program": "`program`",
    "attribute": "`customer`: types of attributes",
    "exclude": "`exclude`",
    "vip": "`vip`",
    "window": "`vip.window`",
    "tier": "A tier",
    "reward": "A reward",
    "spend": "`vip.spend`: which money counts",
    "amount": "`amount` of a rule: which money it multiplies",
    "rule": "`earn`: an earning rule",
    "rule_tiers": "`tiers` of a rule",
    "limit": "`limit` of a rule",
    "campaign": "`campaigns`: a campaign",
}


# --- keys -----------------------------------------------------------------------------------------------------


def keys() -> str:
    """Every mapping of the language with its keys."""
    top = section("The top of the file", SCHEMA)
    return "\n".join([top, *(section(title, DEFINITIONS[name]) for name, title in SECTIONS.items())])


def section(title: str, schema: Schema) -> str:
    lines = [f"### {title}", "", schema["description"], ""]
    words = list(options(schema.get("then", {})))
    mapping = schema if "properties" in schema else schema.get("else", {})
    rows = list(key_rows(mapping))
    if words:
        lines += ["One of the words", "", *words, "", "or a mapping:", ""]
    lines += ["| key | value | default | |", "|---|---|---|---|", *rows, ""]
    # That a reward has no key of another type is said at its `type`; of the whole file, at each of its parts.
    remarks = () if schema in (SCHEMA, DEFINITIONS["reward"]) else dict.fromkeys(error_messages(schema))
    if remarks:
        lines += ["Keys that need others, or rule them out:", "", *(f"- {remark}" for remark in remarks), ""]
    return "\n".join(lines)


def options(schema: Schema) -> Iterator[str]:
    """The words of an enumeration as a list."""
    for word, meaning in zip(schema.get("enum", ()), schema.get("enumDescriptions", ()), strict=False):
        yield f"- `{word}`: {meaning}"


def key_rows(mapping: Schema, prefix: str = "") -> Iterator[str]:
    """A row for every key; keys of a mapping within are written with a dot."""
    required = mapping.get("required", ())
    for key, schema in mapping.get("properties", {}).items():
        star = " \\*" if key in required else ""
        cells = (f"`{prefix}{key}`{star}", value(schema), default(schema), description(schema))
        yield f"| {' | '.join(cells)} |"
        yield from key_rows(schema, f"{prefix}{key}.")


def value(schema: Schema) -> str:
    """What can stand under a key."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/definitions/")
        title = DEFINITIONS[name]["title"]
        return f"[{title}](#{anchor(SECTIONS.get(name, 'Values'))})"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema["type"] == "array":
        return (
            f"{schema['title']}: {value(schema['items'])}" if "$ref" in schema["items"] else schema["title"]
        )
    others = schema.get("additionalProperties")
    if others:
        return f"from names of your own to {value(others)}"
    return str(schema.get("title", "a mapping"))


def anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def default(schema: Schema) -> str:
    stated = schema.get(
        "default", DEFINITIONS.get(schema.get("$ref", "").rpartition("/")[2], {}).get("default")
    )
    if isinstance(stated, dict):
        return "`{" + ", ".join(f"{key}: {word}" for key, word in stated.items()) + "}`"
    return "" if stated is None else f"`{str(stated).lower() if isinstance(stated, bool) else stated}`"


def description(schema: Schema) -> str:
    words = " ".join(option.removeprefix("- ") for option in options(schema))
    return f"{schema['description']} {words}".strip().replace("|", "\\|")


def error_messages(schema: Any) -> Iterator[str]:
    """What the schema says of keys that cannot stand beside others."""
    if isinstance(schema, dict):
        if "errorMessage" in schema:
            yield schema["errorMessage"]
        for part in schema.values():
            yield from error_messages(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from error_messages(part)


def values() -> str:
    """The kinds of values that are no mappings."""
    plain = {name: schema for name, schema in DEFINITIONS.items() if name not in SECTIONS}
    rows = (f"| {s['title']} | {s['description']} |" for s in plain.values())
    return "\n".join(["| value | |", "|---|---|", *rows, ""])


# --- conditions -------------------------------------------------------------------------------------------------


def grammar() -> str:
    """The productions of the grammar, without names of nodes and without comments."""
    text = (ROOT / "grammar" / "condition.lark").read_text(encoding="utf-8")
    lines = [
        line for line in text.splitlines() if not line.lstrip().startswith("//") and "%ignore" not in line
    ]
    plain = [re.sub(r"^\?|\s+-> \w+$", "", line) for line in lines]
    return "```ebnf\n" + re.sub(r"\n{2,}", "\n\n", "\n".join(plain)).strip() + "\n```\n"


def names() -> str:
    """Every name that a condition can read, with its type and the places that know it."""
    scopes = {place: Scope(place, ()).names for place in Place}
    types = {path: kind for scope in scopes.values() for path, kind in scope.items()}
    rows = (
        f"| `{path}` | {kind.value} | {', '.join(p.value for p, scope in scopes.items() if path in scope)} |"
        for path, kind in types.items()
    )
    return "\n".join(["| name | type | read in |", "|---|---|---|", *rows, ""])


def example() -> str:
    """The program that the language is introduced with."""
    return f"```yaml\n{(ROOT / 'programs' / 'maple.yaml').read_text(encoding='utf-8')}```\n"


PARTS = {"keys": keys, "values": values, "grammar": grammar, "names": names, "example": example}


def test_generated_parts_are_fresh(golden: Golden) -> None:
    page = TARGET.read_text(encoding="utf-8")
    assert {part for _, part, _ in MARKED.findall(page)} == set(PARTS)
    golden(TARGET, MARKED.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]()}\n{m[3]}", page))


def test_every_mapping_has_a_section() -> None:
    mappings = {name for name, schema in DEFINITIONS.items() if "object" in schema["type"]}
    assert mappings - {"points"} == set(SECTIONS)
