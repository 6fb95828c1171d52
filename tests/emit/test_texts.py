"""Whatever a program says in words is a literal in the emitted module, and nothing else."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.emit.literals import literal
from tiercel.compiler.emit.to_python import to_python
from tiercel.tests.emit.emitting import DIGEST, declared_by, model_of

HOSTILE = [
    '"""',
    "'",
    "\\",
    "\n",
    "\r",
    "{x}",
    "%s",
    "#",
    "\u2028",
    "\u202e",
    "\x00",
    "\ud800",
    "\\N{BULLET}",
    "é",
]
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=3)), max_size=8).map("".join)
few = settings(max_examples=150, derandomize=True, database=None, deadline=None)

PROGRAM = """
tiercel: 1
program: {name: P, currency: CAD}
customer:
  note: text
vip:
  tiers:
    - id: a
      name: A
      perks: [B]
      entry_rewards:
        - {type: free_product, product: C, name: D}
    - id: b
      name: B
      when: customer.note == "E" or customer.tags has "F"
"""


@few
@given(texts)
def test_literal_is_the_text(text: str) -> None:
    shown = literal(text)
    assert ast.literal_eval(shown) == text
    assert shown.isprintable()


def saying(text: str) -> str:
    """The module of a program that says this wherever a program can say something."""
    model = model_of(PROGRAM)
    vip, (first, second) = model.vip, model.tiers
    assert vip is not None
    [reward] = first.entry_rewards
    reward = dataclasses.replace(reward, product=text, name=text)
    first = dataclasses.replace(first, name=text, perks=(text, text), entry_rewards=(reward,))
    vip = dataclasses.replace(vip, tiers=(first, second))
    return to_python(dataclasses.replace(model, name=text, points=(text, text), vip=vip), DIGEST)


@few
@given(texts)
def test_texts_stay_literals(text: str) -> None:
    module = saying(text)
    tables = declared_by(module)["TABLES"]
    assert (tables.name, tables.points) == (text, (text, text))
    assert (tables.tiers[0].name, tables.tiers[0].perks) == (text, (text, text))
    assert tables.tiers[0].rewards == ({"type": "free_product", "product": text, "name": text},)
    assert skeleton(module) == skeleton(saying("tame"))


def skeleton(module: str) -> str:
    """A module's tree without the texts in it."""
    tree = ast.parse(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_condition_texts_are_not_repeated_in_comments() -> None:
    source = 'customer.note == "E" or customer.tags has "F"'
    module = to_python(model_of(PROGRAM), DIGEST)
    comments = [line for line in module.splitlines() if line.strip().startswith("#")]
    assert not any("customer" in line or source in line for line in comments)


def test_signs_that_pass_for_others_are_escaped(tmp_path: Path) -> None:
    # The linter keeps its own list. Letters, which depend on the word around them, and pictures are left alone.
    kinds = ("Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm")
    signs = [chr(code) for code in range(0x80, 0x10000) if unicodedata.category(chr(code)) in kinds]
    lines = [f"x = {literal(f'a {sign} b')}" for sign in signs]
    (tmp_path / "signs.py").write_text("\n".join(lines) + "\n")
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--select=RUF001",
        str(tmp_path),
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
