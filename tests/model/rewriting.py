"""Writes a program's document again with the same meaning: other key orders, quotes, layout and comments."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tiercel.compiler.syntax.tree import Entry, Kind, Mapping, Node, Scalar
from tiercel.compiler.syntax.tree import Sequence as List


def rewritten(root: Mapping, chance: random.Random) -> str:
    """The text of a file that says the same."""
    return "# another layout\n" + _block(root, 0, chance) + "# the end\n"


def _block(node: Mapping, indent: int, chance: random.Random) -> str:
    lines = ""
    for entry in _shuffled(node.entries, chance):
        lines += " " * indent + _quoted(entry.key.text, chance) + ":"
        if isinstance(entry.value, Mapping) and entry.value.entries and chance.random() < 0.6:
            lines += "  # below\n" + _block(entry.value, indent + chance.choice([1, 2, 4]), chance)
        else:
            lines += f" {_flow(entry.value, chance)}\n" + "\n" * chance.randrange(2)
    return lines


def _shuffled(entries: Sequence[Entry], chance: random.Random) -> list[Entry]:
    return chance.sample(list(entries), len(entries))


def _flow(node: Node, chance: random.Random) -> str:
    if isinstance(node, Scalar):
        return node.text if node.kind is not Kind.TEXT else _quoted(node.text, chance)
    if isinstance(node, List):
        return "[" + ", ".join(_flow(item, chance) for item in node.items) + "]"
    entries = [
        f"{_quoted(e.key.text, chance)}: {_flow(e.value, chance)}" for e in _shuffled(node.entries, chance)
    ]
    return "{" + ", ".join(entries) + "}"


def _quoted(text: str, chance: random.Random) -> str:
    if chance.random() < 0.5 and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
