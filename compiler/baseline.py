"""The findings that a repository lives with for now, as a file: JSON, sorted, a line for each.

    {
      "version": 1,
      "findings": [
        {"file": "shop.yaml", "name": "inactive-rule", "at": "earn[reviews].active", "fingerprint": "…"}
      ]
    }

`file` is relative to the folder of the baseline, with `/` between its parts. A finding is known by its fingerprint;
`at` is for people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, NoReturn

VERSION: Final = 1

_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


class Held(NamedTuple):
    """A finding that is held by a baseline. Sorts as the lines of the file do."""

    file: str
    name: str
    at: str
    fingerprint: str


class BaselineError(ValueError):
    """A text that is no baseline; the message says what is wrong, and where."""


def render(findings: Iterable[Held]) -> str:
    """The text of a baseline, each finding once."""
    lines = [f"    {json.dumps(held._asdict())}" for held in sorted(set(findings))]
    inside = "\n" + ",\n".join(lines) + "\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{inside}]\n}}\n'


def parse(content: bytes) -> frozenset[Held]:
    """What a baseline holds. Raises `BaselineError` for anything but a baseline of this version."""
    try:
        read = json.loads(content.decode("utf-8"), object_pairs_hook=_mapping)
    except BaselineError:
        raise
    except UnicodeDecodeError:
        _refuse("it is not UTF-8")
    except json.JSONDecodeError as error:
        _refuse(f"it is no JSON: {error.msg.lower()} on line {error.lineno}")
    except (ValueError, RecursionError):
        _refuse("it is no JSON that anybody would write")
    if not isinstance(read, dict) or "version" not in read:
        _refuse('there is no mapping with a key "version" in it')
    if type(read["version"]) is not int or read["version"] != VERSION:
        _refuse(f"its version is {_shown(read['version'])}, and this Tiercel reads version {VERSION}")
    if set(read) != {"version", "findings"} or not isinstance(read["findings"], list):
        _refuse('it has to have the keys "version" and "findings", the latter a list')
    return frozenset(_held(number, one) for number, one in enumerate(read["findings"], 1))


def _held(number: int, one: Any) -> Held:
    if not isinstance(one, dict) or set(one) != set(Held._fields):
        _refuse(f"finding {number} has to have the keys {', '.join(Held._fields)}")
    for key, value in one.items():
        if not isinstance(value, str):
            _refuse(f"finding {number}: `{key}` is no text")
    if not _FINGERPRINT.fullmatch(one["fingerprint"]):
        _refuse(f"finding {number}: `fingerprint` is no text of 32 hexadecimal digits")
    return Held(**one)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        _refuse("a key is there twice")
    return read


def _shown(value: Any) -> str:
    return json.dumps(value)[:20]


def _refuse(message: str) -> NoReturn:
    raise BaselineError(message)
