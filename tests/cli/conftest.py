"""Commands run in this process, with what they printed and their exit code."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tiercel.cli.group import tiercel

Run = Callable[..., Result]

MAPLE = """\
tiercel: 1
program: {name: Maple, currency: CAD, timezone: America/Toronto}
vip:
  window: calendar_year
  tiers:
    - {id: seed, name: Seed}
    - id: maple
      name: Maple
      when: spend >= 100
      entry_rewards: [{type: points, points: 10}]
earn:
  - {id: everyday, activity: order, points: {seed: 1, maple: 2}, per: 1.00}
"""


@pytest.fixture
def cli() -> Run:
    """`cli("check", "-", input="...")`: the result of a command that may not crash."""

    def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(tiercel, [os.fspath(a) for a in arguments], input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "internal error in Tiercel" not in result.stderr
        return result

    return run


@pytest.fixture
def maple(tmp_path: Path) -> Path:
    """A small program of two tiers."""
    path = tmp_path / "maple.yaml"
    path.write_text(MAPLE, encoding="utf-8")
    return path
