"""Program files as text: a small renderer from plain dicts and lists to block YAML."""

from __future__ import annotations

import json
import re
from typing import Any

PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


class Raw(str):
    """Text that is written as it stands: numbers, moments."""


def scalar(value: Any) -> str:
    """One scalar; texts are quoted wherever they could be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Raw | int):
        return str(value)
    if PLAIN.fullmatch(value) and value not in RESERVED:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def is_flat(value: Any) -> bool:
    """Whether a value is a scalar, or small enough for the flow style."""
    if isinstance(value, dict):
        return len(value) <= 3 and all(not isinstance(v, dict | list) for v in value.values())
    return not isinstance(value, list) or all(isinstance(v, str | int) for v in value)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar(value)


def block(value: Any, indent: int) -> list[str]:
    """The lines of a mapping or list."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, entry in value.items():
            if is_flat(entry):
                lines.append(f"{pad}{scalar(key)}: {flow(entry)}")
            else:
                lines += [f"{pad}{scalar(key)}:", *block(entry, indent + 2)]
        return lines
    for entry in value:
        if is_flat(entry):
            lines.append(f"{pad}- {flow(entry)}")
        else:
            first, *rest = block(entry, indent + 2)
            lines += [f"{pad}- {first[indent + 2 :]}", *rest]
    return lines


def yaml_text(program: dict[str, Any]) -> str:
    """A whole program file."""
    return "\n".join(block(program, 0)) + "\n"
