"""The text of parts of conditions, whatever quotes of YAML they stand in."""

from __future__ import annotations

import pytest

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.condition import Or
from tiercel.compiler.model.stretches import conditions, stretch

PROGRAM = """\
tiercel: 1
program: {name: Maple, currency: CAD}
earn:
  - id: one
    activity: order
    points: 1
    per: 1.00
    when: WHEN
"""


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ('order.tags has  "it\'s" or spend > 5', 'order.tags has "it\'s"'),
        ("""'order.tags has "it''s" or spend > 5'""", """order.tags has "it's\""""),
        (r'"order.tags has \"a \\\"b\\\" c\" or spend > 5"', r'order.tags has "a \"b\" c"'),
        (r'"order.tags has \"caf\xe9\u2028\" or spend > 5"', 'order.tags has "café\u2028"'),
        ('>-\n      order.tags\n      has "a\\\\b"\n      or spend > 5', r'order.tags has "a\\b"'),
    ],
)
def test_a_clause_says_what_it_means(when: str, says: str) -> None:
    compilation = compile_bytes("x.yaml", PROGRAM.replace("WHEN", when).encode())
    assert compilation.program, compilation.diagnostics
    (condition,) = conditions(compilation.program)
    assert isinstance(condition.term, Or)
    assert stretch(compilation.program, condition.term.parts[0].span) == says
