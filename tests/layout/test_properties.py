"""However a program is written, its layout is one, says the same, and keeps each comment where it belongs.

`TIERCEL_LAYOUTS` sets how many scrambled files are tried beside what Hypothesis generates, and
`TIERCEL_LAYOUTS_FROM` the first of their seeds.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.layout.from_bytes import lay_out
from tiercel.compiler.layout.layout import order_of
from tiercel.compiler.layout.numbers import decimals_of
from tiercel.compiler.layout.program_order import PROGRAM
from tiercel.compiler.layout.unchanged import says_the_same
from tiercel.tests.layout.looking import Read, misplaced
from tiercel.tests.layout.scrambling import scrambled
from tiercel.tests.properties.cases import budget
from tiercel.tests.properties.strategies import programs
from tiercel.tests.properties.test_fuzz import random_cases
from tiercel.tests.properties.yaml_text import yaml_text

ROOT = Path(__file__).parents[2]
TRIES = int(os.environ.get("TIERCEL_LAYOUTS", "100"))
SEED = int(os.environ.get("TIERCEL_LAYOUTS_FROM", "0"))
# Keys that nothing is known of stand as they are written; so do those of a test, to which the schema is a stranger.
NOT_REORDERED = {"unknown-key", "missing-key", "wrong-type"}
FILES = [
    path
    for folder in (ROOT / "programs", ROOT / "tests", ROOT.parent / "shared" / "conformance")
    for path in sorted(folder.rglob("*.yaml"))
]


def laid_out(text: str) -> str:
    """The layout of a file without errors in its YAML."""
    found = lay_out("file.yaml", text.encode("utf-8", "surrogatepass"))
    assert not found.errors
    return found.content.decode()


def parses(path: Path) -> bool:
    return not lay_out(path.name, path.read_bytes()).errors


def meaning(text: str, lint: bool) -> tuple[Any, ...]:
    compilation = compile_bytes("file.yaml", text.encode(), lint=lint)
    digest = None if compilation.program is None or compilation.has_errors else compilation.digest
    return digest, Counter(d.name for d in compilation.diagnostics)


def assert_kept(text: str, lint: bool) -> None:
    """A file with comments that say where they belong keeps them there, and says what it said."""
    before = Read(text)
    result = laid_out(text)
    assert laid_out(result) == result
    after = Read(result)
    assert says_the_same(before.document, after.source.text, order_of(before.document))
    assert Counter(c.text.rstrip() for c in before.document.comments) == Counter(
        c.text for c in after.document.comments
    )
    assert not misplaced(after)
    apart = after.set_apart()
    assert not {p: e for p, e in before.set_apart().items() if apart.get(p, e) is not e}
    # In scenarios nothing is found that could be allowed.
    allows = before.covered() if order_of(before.document) is PROGRAM else {}
    for comment, covered in allows.items():
        assert covered <= after.covered()[comment], comment
    (digest, found), (same_digest, found_now) = meaning(text, lint), meaning(result, lint)
    assert digest == same_digest
    # An allow may be about more or less than it was where brackets are broken up, or a dash had a line to itself.
    assert found == found_now or before.covered(everywhere=True) != after.covered(everywhere=True)


class Base(NamedTuple):
    """A file to be scrambled, and its layout; none where that depends on how the file is written."""

    read: Read
    decimals: int
    shuffles: bool
    layout: str | None


@cache
def base(text: str) -> Base:
    """A file as a base of scrambled ones. What does not show is escaped or not, as it is written; directives stay."""
    read = Read(text)
    independent = (
        not (read.document.comments or text.startswith("%")) and text.replace("\n", "").isprintable()
    )
    return Base(
        read,
        decimals_of(read.document) or 0,
        not meaning(text, lint=False)[1].keys() & NOT_REORDERED,
        laid_out(without_empty_lines(text)) if independent else None,
    )


def assert_one_layout(text: str, rng: random.Random, lint: bool) -> None:
    """The scrambled file has the layout of the file, and keeps comments that are strewn over it."""
    read, decimals, shuffles, layout = base(text)
    if layout is not None:
        other = scrambled(read, rng, decimals, comments=False, shuffles=shuffles)
        assert laid_out(other) == with_marks(layout, other), other
    commented = scrambled(read, rng, decimals, comments=True)
    try:
        assert_kept(commented, lint)
    except Exception as problem:
        raise AssertionError(f"on\n{commented}\n---\n{laid_out(commented)}") from problem


def without_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def with_marks(text: str, like: str) -> str:
    """The text with the byte order mark and the line ends of another, of which the first counts."""
    mark = "\ufeff" if like.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if like.partition("\n")[0].endswith("\r") else text)


@budget(2)
@given(programs(), st.integers(0, 2**32))
def test_generated_programs(program: dict[str, Any], seed: int) -> None:
    assert_one_layout(yaml_text(program), random.Random(seed), lint=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT.parent)))
def test_files(path: Path) -> None:
    if not parses(path):
        assert not lay_out(path.name, path.read_bytes()).edits
        return
    source = lay_out(path.name, path.read_bytes())
    text, result = source.source.text, source.text
    assert laid_out(result) == result
    read = lay_out(path.name, text.encode())
    assert read.text == result
    assert meaning(text, lint=True) == meaning(result, lint=True)


def test_scrambled_files() -> None:
    texts = [case.parts[0].program for case in random_cases(200)]
    texts += [
        lay_out(p.name, p.read_bytes()).source.text for p in FILES if p.stat().st_size < 6000 and parses(p)
    ]
    for number in range(SEED, SEED + TRIES):
        rng = random.Random(number)
        assert_one_layout(rng.choice(texts), rng, lint=number % 20 == 0)
