"""The parse tables of the condition grammar: saved beside it, so that no run has to compute them.

`grammar/condition.json` is what Lark serializes for `grammar/condition.lark`, renumbered so that the same grammar
gives the same bytes on every machine. Tables of another grammar text or another Lark are not used.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).parents[2] / "grammar" / "condition.lark"
TABLES = GRAMMAR.with_suffix(".json")

Tables = dict[str, Any]


def load_tables() -> Tables:
    """The tables of the grammar: the saved ones where they are fresh, otherwise built anew (some 0.2 s)."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    saved = _saved_tables()
    if saved.get("made_from") == _origin(grammar):
        return saved
    return build_tables(grammar)


def build_tables(grammar: str) -> Tables:
    """The tables of a grammar text: `made_from`, and the `data` and `memo` from which Lark makes a parser."""
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    lark = Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=False)
    data, memo = lark.memo_serialize([TerminalDef, Rule])
    _renumber(data["parser"]["parser"])
    return {"made_from": _origin(grammar), "data": data, "memo": memo}


def tables_text(tables: Tables) -> str:
    """Tables as the text of a JSON file."""
    return json.dumps(tables, sort_keys=True, separators=(",", ":")) + "\n"


def _saved_tables() -> Tables:
    try:
        tables = _with_numeric_keys(json.loads(TABLES.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
    return tables if isinstance(tables, dict) else {}


def _origin(grammar: str) -> dict[str, str]:
    import lark

    return {"lark": lark.__version__, "grammar": hashlib.sha256(grammar.encode()).hexdigest()}


def _with_numeric_keys(value: Any) -> Any:
    """JSON made text of the whole numbers that Lark has as keys."""
    if isinstance(value, dict):
        return {int(k) if k.isdecimal() else k: _with_numeric_keys(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_numeric_keys(v) for v in value]
    return value


def _renumber(table: dict[str, Any]) -> None:
    """Number symbols by name, and states by their distance from the start: Lark's numbers vary from run to run."""
    names: dict[int, str] = table["tokens"]
    symbols = {name: number for number, name in enumerate(sorted(names.values()))}
    rows = {
        state: {names[symbol]: tuple(action) for symbol, action in row.items()}
        for state, row in table["states"].items()
    }
    numbers = {state: number for number, state in enumerate(_reached(rows, table["start_states"]["start"]))}
    table["tokens"] = {number: name for name, number in symbols.items()}
    table["states"] = {
        numbers[state]: {symbols[name]: _action(rows[state][name], numbers) for name in sorted(rows[state])}
        for state in numbers
    }
    for key in ("start_states", "end_states"):
        table[key] = {start: numbers[state] for start, state in table[key].items()}


_Rows = dict[int, dict[str, tuple[int, Any]]]


def _reached(rows: _Rows, start: int) -> list[int]:
    """Every state, nearest first; of one row's successors, that by the alphabetically first symbol first."""
    order, seen = [start], {start}
    for state in order:  # grows meanwhile
        for name in sorted(rows[state]):
            kind, target = rows[state][name]
            if kind == 0 and target not in seen:
                seen.add(target)
                order.append(target)
    return order


def _action(action: tuple[int, Any], numbers: dict[int, int]) -> tuple[int, Any]:
    kind, target = action
    return (kind, numbers[target]) if kind == 0 else action
