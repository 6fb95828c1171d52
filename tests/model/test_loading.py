"""The library: programs and built modules are loaded ready to run, and errors are told, never thrown as they came."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiercel
from tiercel.compiler.driver import compile_bytes, compile_file
from tiercel.loading import check_text, load_text
from tiercel.runtime import Ledger, Program

GOOD = """\
tiercel: 1
program: {name: Pé, currency: CAD}
vip:
  tiers:
    - {id: a, name: A}
    - {id: b, name: B, when: spend >= 100}
earn:
  - {id: o, activity: order, points: 1.5, per: 1}
"""
BAD = GOOD.replace("spend", "spned").replace("CAD", "CDA")

EVENTS = [
    {
        "id": "1",
        "type": "customer.enrolled",
        "at": "2026-01-01T00:00:00Z",
        "customer": "c",
        "email": "c@example.com",
    },
    {
        "id": "2",
        "type": "order.paid",
        "at": "2026-01-02T00:00:00Z",
        "customer": "c",
        "order": {"id": "o", "total": "99.99"},
    },
]


def points_earned(program: Program) -> list[int]:
    ledger = Ledger(program)
    outcomes = [ledger.apply(event) for event in EVENTS]
    return [effect["points"] for outcome in outcomes for effect in outcome["effects"] if "points" in effect]


@pytest.fixture
def write(tmp_path: Path):
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("name", ["p.yaml", "p.yml"])
def test_a_program_file_is_loaded(name: str, write) -> None:
    assert points_earned(tiercel.load(write(name, GOOD))) == [150]
    assert points_earned(tiercel.load(str(write(name, GOOD)))) == [150]


def test_a_built_module_is_loaded(write) -> None:
    module = compile_bytes("p.yaml", GOOD.encode()).module
    assert module is not None
    assert points_earned(tiercel.load(write("p.py", module))) == [150]


def test_a_text_is_loaded() -> None:
    assert points_earned(load_text(GOOD)) == [150]


def test_two_programs_do_not_share_names() -> None:
    first, second = load_text(GOOD), load_text(GOOD.replace("points: 1.5", "points: 3"))
    assert points_earned(first) == [150]
    assert points_earned(second) == [300]


def test_errors_are_told_with_their_places(write) -> None:
    path = write("bad.yaml", BAD)
    with pytest.raises(tiercel.CompileError) as caught:
        tiercel.load(path)
    assert [d.name for d in caught.value.diagnostics] == ["bad-value", "unknown-name"]
    assert f"{path}:2:31: error: " in str(caught.value)
    assert "[unknown-name]" in str(caught.value)
    with pytest.raises(tiercel.CompileError, match="bad-value"):
        load_text(BAD)


def test_check_gives_the_diagnostics(write) -> None:
    assert [d.name for d in tiercel.check(write("bad.yaml", BAD))] == ["bad-value", "unknown-name"]
    assert [d.name for d in check_text(BAD)] == ["bad-value", "unknown-name"]
    assert not [d for d in check_text(GOOD) if d.severity.value == "error"]


@pytest.mark.parametrize("text", ["\ud800", "a\udcffb", "\x00", ""])
def test_text_that_no_file_can_have_is_refused(text: str) -> None:
    assert check_text(text)
    with pytest.raises(tiercel.CompileError):
        load_text(text)


def test_what_cannot_be_loaded(write, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends in none of"):
        tiercel.load(tmp_path / "p.toml")
    with pytest.raises(ValueError, match="defines no PROGRAM"):
        tiercel.load(write("p.py", "PROGRAM = 1\n"))
    with pytest.raises(FileNotFoundError):
        tiercel.load(tmp_path / "none.yaml")
    with pytest.raises(FileNotFoundError):
        tiercel.check(tmp_path / "none.yaml")


def test_a_file_compiles_as_its_bytes_do(write) -> None:
    path = write("p.yaml", GOOD)
    assert compile_file(path) == compile_bytes(str(path), GOOD.encode())


def test_passes_stop_at_errors() -> None:
    # Not the text of a program, not YAML, not the right shape, not a program that means something.
    for content, name in [
        (b"\xff", "encoding"),
        (b"a: [", "yaml-syntax"),
        (b"a: 1", "missing-key"),
        (BAD.encode(), "bad-value"),
    ]:
        compilation = compile_bytes("p.yaml", content)
        assert name in [d.name for d in compilation.diagnostics]
        assert compilation.has_errors
        assert (compilation.program, compilation.module) == (None, None)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 33)  # sparse
    assert [d.name for d in tiercel.check(path)] == ["too-large"]
