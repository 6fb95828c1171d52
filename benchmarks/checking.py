"""`tiercel check`, as whole processes, and how its cost grows with the program."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from .measure import Row, median_ratio, process_cpu, process_peak
from .programs import program_of

IMPORTS = "import click, yaml, lark"


def rows(rounds: int) -> Iterator[Row]:
    """A small program against the imports alone, then 1,000 rules against a second, and against 100 rules."""
    with tempfile.TemporaryDirectory() as folder:
        for rules in (8, 100, 1000):
            Path(folder, f"{rules}.yaml").write_text(program_of(rules), encoding="utf-8")
        yield _start_up(folder, rounds)
        yield from _growth(folder, max(3, rounds // 3))
        yield _memory(folder)


def _start_up(folder: str, rounds: int) -> Row:
    ours, imports = [], []
    process_cpu(_check("8.yaml"), folder)
    with click.progressbar(range(rounds), label="check of a small program", file=sys.stderr) as bar:
        for _ in bar:
            ours.append(process_cpu(_check("8.yaml"), folder))
            imports.append(process_cpu([sys.executable, "-c", IMPORTS], folder))
    figures = f"{_ms(ours)} and {_ms(imports)} of CPU, whole processes; 5 tiers, 8 rules"
    return Row(f'`tiercel check` ÷ `python -c "{IMPORTS}"`', median_ratio(ours, imports), 2.0, True, figures)


def _growth(folder: str, rounds: int) -> Iterator[Row]:
    base, hundred, thousand = [], [], []
    with click.progressbar(range(rounds), label="check of 1,000 rules", file=sys.stderr) as bar:
        for _ in bar:
            base.append(process_cpu(_check("8.yaml"), folder))
            hundred.append(process_cpu(_check("100.yaml"), folder))
            thousand.append(process_cpu(_check("1000.yaml"), folder))
    seconds = statistics.median(thousand) / 1e9
    yield Row(
        "`tiercel check` of 1,000 rules, seconds of CPU",
        seconds,
        2.5,
        True,
        f"{_ms(thousand)}, whole process",
    )
    # Of each size the cost above that of the small program, so that start-up is in neither.
    large = [(t - b) / 992 for t, b in zip(thousand, base, strict=True)]
    small = [(h - b) / 92 for h, b in zip(hundred, base, strict=True)]
    ratio = statistics.median(large) / statistics.median(small)
    figures = f"{statistics.median(large) / 1e6:.2f} ms and {statistics.median(small) / 1e6:.2f} ms a rule"
    yield Row("cost per rule at 1,000 ÷ at 100", ratio, 1.5, True, figures)


def _memory(folder: str) -> Row:
    size = Path(folder, "1000.yaml").stat().st_size
    peak = statistics.median([process_peak(_check("1000.yaml"), folder) for _ in range(3)])
    figures = f"{peak / 2**20:.0f} MiB for a file of {size / 2**10:.0f} KiB"
    return Row("peak memory of `check` at 1,000 rules ÷ size of the file", peak / size, 400, True, figures)


def _check(name: str) -> list[str]:
    return [sys.executable, "-m", "tiercel", "check", name]


def _ms(samples: list[int]) -> str:
    return f"{statistics.median(samples) / 1e6:.0f} ms"
