"""Fixes of damaged programs: nothing raises, nothing becomes worse, nothing is left for a second run.

`TIERCEL_FUZZ` sets how many damaged files are tried.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.fixing import MOST_ROUNDS, fix_bytes
from tiercel.tests.properties.mutations import confused_text, damaged_file
from tiercel.tests.properties.test_fuzz import TRIES, WRITTEN

# What people mistype: a spelling of a program, and what they write in its place.
SLIPS = [
    (">=", "=>"), ("==", "="), (" and ", " && "), (" or ", " OR "), ("spend", "spendd"), (": true", ": yes"),
    (": false", ": off"), ("notify", "notifi"), ("tiers:", "teirs:"), ("order", "Order"), (" has ", " contains "),
    ("500", "1,000"), ("per: 1", 'per: "1"'), ("1.00", "1.0000"), ("-01", "-1"), ("calendar_year", "calendar-year"),
    ("tiercel: 1\n", ""), ("when: ", "when:"), ("spend >= ", "spend >= $"), ("when: ", 'when: "vip" in customer.tags or '),
    ("    ", "\t"), ("CAD", "cad"), ("include: ", "include: [a, "), ("name: ", "name: @"), ("- id: ", "- id: A "),
]  # fmt: skip


def mistyped(rng: random.Random, text: str) -> bytes:
    """A program with some slips of the kind that people make."""
    for right, wrong in rng.sample(SLIPS, rng.randint(1, 4)):
        places = text.count(right)
        if places:
            before = text.split(right)
            at = rng.randrange(places) + 1
            text = right.join(before[:at]) + wrong + right.join(before[at:])
    return text.encode()


def damaged(tries: int) -> Iterator[bytes]:
    texts = [path.read_text("utf-8") for path in WRITTEN]
    rng = random.Random(3)
    for _ in range(tries):
        damage = rng.choice([mistyped, mistyped, mistyped, confused_text, damaged_file])
        yield damage(rng, rng.choice(texts))


def assert_fixed(content: bytes, unsafe: bool) -> None:
    before = compile_bytes("damaged.yaml", content)
    fixed = fix_bytes("damaged.yaml", content, unsafe=unsafe)
    after = compile_bytes("damaged.yaml", fixed.content)
    assert after.diagnostics == fixed.compilation.diagnostics
    if before.program is not None:
        assert after.program is not None
        assert before.has_errors or not after.has_errors
        if not unsafe and not before.has_errors:
            assert after.digest == before.digest
    if not fixed.made:
        assert fixed.content == content
    if len(fixed.made) < MOST_ROUNDS:  # more may be left for another run
        assert fix_bytes("damaged.yaml", fixed.content, unsafe=unsafe).content == fixed.content


@pytest.mark.parametrize("unsafe", [False, True])
def test_damaged_files_are_fixed(unsafe: bool) -> None:
    for content in damaged(TRIES // 20):
        try:
            assert_fixed(content, unsafe)
        except Exception as problem:
            raise AssertionError(f"on {content!r}") from problem


def test_slips_are_mostly_mended() -> None:
    """Of files with slips that keep them from compiling, safe fixes mend most."""
    rng = random.Random(4)
    programs = [path for path in WRITTEN if "mistakes" not in path.parts and ".test." not in path.name]
    texts = [path.read_text("utf-8") for path in programs]
    contents = [mistyped(rng, rng.choice(texts)) for _ in range(100)]
    broken = [content for content in contents if compile_bytes("slip.yaml", content).has_errors]
    mended = [one for one in broken if not fix_bytes("slip.yaml", one).compilation.has_errors]
    assert len(broken) > 50
    assert len(mended) > len(broken) / 2
