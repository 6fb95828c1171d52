"""Whether a value has the shape that a JSON Schema describes: yes or no, and fast.

A valid program is told from an invalid one without jsonschema, whose import takes longer than all else that a
check does; only what is wrong with an invalid one is asked of it. The schema is turned into a tree of
functions once. It knows the keywords of draft 7 that the program's schema uses, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Check = Callable[[Any], bool]

# What editors and messages read, and no value can break.
_ANNOTATIONS = {"$schema", "title", "description", "markdownDescription", "examples", "default", "definitions", "then", "else"} | {
    "enumDescriptions", "errorMessage", "patternErrorMessage", "doNotSuggest", "x-beside", "x-decided-by"
}  # fmt: skip


def acceptance(schema: dict[str, Any]) -> Check:
    """The function that says whether a value fits; values are as `json` gives them, with Decimal for float.

    Raises ValueError for a keyword that is not known here.
    """
    return _Compiler(schema.get("definitions", {})).check(schema)


class _Compiler:
    """Compiles the parts of one schema; each definition once."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._compiled: dict[str, Check] = {}

    def check(self, schema: dict[str, Any]) -> Check:
        """The check of a schema; as draft 7 has it, nothing counts beside a `$ref`."""
        if "$ref" in schema:
            return self._definition(schema["$ref"].removeprefix("#/definitions/"))
        checks = []
        for keyword, value in schema.items():
            if keyword in _KEYWORDS:
                checks.append(_KEYWORDS[keyword](self, value, schema))
            elif keyword not in _ANNOTATIONS:
                raise ValueError(f"the keyword `{keyword}` is not known")
        return _all(checks)

    def _definition(self, name: str) -> Check:
        if name not in self._compiled:
            self._compiled[name] = self.check(self._definitions[name])
        return self._compiled[name]


def _all(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


# --- keywords ---------------------------------------------------------------------------------------------------

_TYPES: dict[str, Check] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, Decimal)) and not isinstance(value, bool),
}


def _type(_: _Compiler, names: str | list[str], __: dict[str, Any]) -> Check:
    if isinstance(names, str):
        return _TYPES[names]
    tests = [_TYPES[name] for name in names]
    return lambda value: any(test(value) for test in tests)


def _enum(_: _Compiler, words: list[Any], __: dict[str, Any]) -> Check:
    # JSON tells `true` from 1, Python does not.
    return lambda value: any(
        value == word and isinstance(value, bool) == isinstance(word, bool) for word in words
    )


def _const(compiler: _Compiler, word: Any, schema: dict[str, Any]) -> Check:
    return _enum(compiler, [word], schema)


def _pattern(_: _Compiler, pattern: str, __: dict[str, Any]) -> Check:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _bound(
    test: Callable[[Any, Any], bool], *types: str
) -> Callable[[_Compiler, Any, dict[str, Any]], Check]:
    """A keyword that compares a value of these types with a limit, and says nothing about others."""
    applies = _type(_Compiler({}), list(types), {})
    return lambda _, limit, __: lambda value: not applies(value) or test(value, limit)


def _properties(compiler: _Compiler, properties: dict[str, Any], _: dict[str, Any]) -> Check:
    checks = {key: compiler.check(schema) for key, schema in properties.items()}

    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        return all(checks[key](item) for key, item in value.items() if key in checks)

    return check


def _additional(compiler: _Compiler, additional: bool | dict[str, Any], schema: dict[str, Any]) -> Check:
    known = schema.get("properties", {}).keys()
    fits = compiler.check(additional) if isinstance(additional, dict) else (lambda _: additional)

    def check(value: Any) -> bool:
        return not isinstance(value, dict) or all(
            fits(item) for key, item in value.items() if key not in known
        )

    return check


def _names(compiler: _Compiler, names: dict[str, Any], _: dict[str, Any]) -> Check:
    fits = compiler.check(names)
    return lambda value: not isinstance(value, dict) or all(fits(key) for key in value)


def _items(compiler: _Compiler, items: dict[str, Any], _: dict[str, Any]) -> Check:
    fits = compiler.check(items)
    return lambda value: not isinstance(value, list) or all(fits(item) for item in value)


def _required(_: _Compiler, keys: list[str], __: dict[str, Any]) -> Check:
    return lambda value: not isinstance(value, dict) or all(key in value for key in keys)


def _all_of(compiler: _Compiler, schemas: list[dict[str, Any]], _: dict[str, Any]) -> Check:
    return _all([compiler.check(schema) for schema in schemas])


def _any_of(compiler: _Compiler, schemas: list[dict[str, Any]], _: dict[str, Any]) -> Check:
    checks = [compiler.check(schema) for schema in schemas]
    return lambda value: any(check(value) for check in checks)


def _if(compiler: _Compiler, condition: dict[str, Any], schema: dict[str, Any]) -> Check:
    holds = compiler.check(condition)
    then, otherwise = compiler.check(schema.get("then", {})), compiler.check(schema.get("else", {}))
    return lambda value: then(value) if holds(value) else otherwise(value)


def _not(compiler: _Compiler, schema: dict[str, Any], _: dict[str, Any]) -> Check:
    fits = compiler.check(schema)
    return lambda value: not fits(value)


_KEYWORDS: dict[str, Callable[[_Compiler, Any, dict[str, Any]], Check]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "items": _items,
    "required": _required,
    "allOf": _all_of,
    "anyOf": _any_of,
    "if": _if,
    "not": _not,
    "minimum": _bound(lambda value, limit: value >= limit, "number"),
    "maximum": _bound(lambda value, limit: value <= limit, "number"),
    "exclusiveMinimum": _bound(lambda value, limit: value > limit, "number"),
    "minLength": _bound(lambda value, limit: len(value) >= limit, "string"),
    "maxLength": _bound(lambda value, limit: len(value) <= limit, "string"),
    "minItems": _bound(lambda value, limit: len(value) >= limit, "array"),
    "maxItems": _bound(lambda value, limit: len(value) <= limit, "array"),
    "uniqueItems": _bound(lambda value, _: len(set(map(repr, value))) == len(value), "array"),
    "minProperties": _bound(lambda value, limit: len(value) >= limit, "object"),
}
