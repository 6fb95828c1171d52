"""What a scalar without quotes is: text, a number, a boolean, a date, or something on which YAMLs disagree.

Editors read YAML 1.2, PyYAML reads YAML 1.1. A plain scalar that either of them takes for anything but text
is ambiguous, unless it is `true`, `false`, a plain decimal number or a date.
"""

from __future__ import annotations

import re

from .tree import Kind

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

# Also what is nearly a date: the moment resolver has better words for it than "this is text".
_DATE = re.compile(
    r"""[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)
           [0-9]{1,2}(?::[0-9]{1,2}){0,2}(?:[.,][0-9]*)?
           (?:[ \t]*(?:[Zz]|[-+][0-9]{1,2}(?::?[0-9]{2})?))?
        )?""",
    re.VERBOSE,
)

_WORDS = frozenset(
    form
    for word in ("true", "false", "yes", "no", "on", "off", "y", "n", "null")
    for form in (word, word.capitalize(), word.upper())
) | {"~", "=", "<<"}

_NUMBERS_OF_OTHERS = re.compile(
    r"""[-+]?0b[01_]+                                              # 1.1: binary
      | [-+]?0o[0-7]+                                              # 1.2: octal
      | [-+]?0x[0-9a-fA-F_]+                                       # both: hexadecimal
      | [-+]?[0-9][0-9_]*                                          # both: leading zeros, octal, +, underscores
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*                # 1.1: base 60, with a fraction
      | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+                         # 1.1: base 60
      | [-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9]+)(?:[eE][-+]?[0-9]+)?   # both: fractions, exponents
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    """,
    re.VERBOSE,
)


def kind_of_plain(text: str) -> Kind | None:
    """What an unquoted, non-empty scalar is; none where YAML 1.1 and 1.2 may read it differently."""
    first = text[0]
    if first in "0123456789+-.":
        return _kind_of_numeric(text)
    if text in _WORDS:
        return Kind.BOOLEAN if text in ("true", "false") else None
    return Kind.TEXT


def _kind_of_numeric(text: str) -> Kind | None:
    if NUMBER.fullmatch(text):
        return Kind.NUMBER
    if _DATE.fullmatch(text):
        return Kind.DATE
    return None if _NUMBERS_OF_OTHERS.fullmatch(text) else Kind.TEXT
