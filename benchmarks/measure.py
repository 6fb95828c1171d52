"""Honest timing: what is compared runs in turn within one process, and medians of many rounds are kept."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time_ns

import click


@dataclass(frozen=True, slots=True)
class Row:
    """One measured ratio: `bar` with `at_most`, or at least. `figures` says what the sides took, and samples."""

    what: str
    ratio: float
    bar: float
    at_most: bool
    figures: str

    @property
    def reached(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio <= self.bar if self.at_most else self.ratio >= self.bar


def in_turn(sides: Sequence[Callable[[], object]], rounds: int, label: str) -> list[list[int]]:
    """The CPU nanoseconds of each side in each round, the sides run one after another in every round."""
    samples: list[list[int]] = [[] for _ in sides]
    for side in sides:
        side()
    gc.collect()
    gc.disable()
    try:
        with click.progressbar(range(rounds), label=label, file=sys.stderr) as bar:
            for _ in bar:
                for index, side in enumerate(sides):
                    start = process_time_ns()
                    side()
                    samples[index].append(process_time_ns() - start)
    finally:
        gc.enable()
    return samples


def median_ratio(above: list[int], below: list[int]) -> float:
    """The median of the ratios of two sides, round by round."""
    return statistics.median([a / b for a, b in zip(above, below, strict=True)])


def process_cpu(command: list[str], folder: str) -> int:
    """CPU nanoseconds of a whole process, as the operating system counts them. Its exit code has to be 0."""
    # Modules are compiled once and kept, as they are for a user; run a command once before it counts.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e9)


# A process starts with the peak of the one that made it, so a small one stands in between.
_PEAK = (
    "import os, subprocess, sys;"
    "p = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
    "_, status, used = os.wait4(p.pid, 0);"
    "p.returncode = os.waitstatus_to_exitcode(status);"
    "print(used.ru_maxrss);"
    "sys.exit(p.returncode)"
)


def process_peak(command: list[str], folder: str) -> int:
    """Bytes of memory of a whole process at its peak, as the operating system counts them."""
    between = [sys.executable, "-c", _PEAK, *command]
    ran = subprocess.run(between, cwd=folder, check=True, capture_output=True, text=True)
    return int(ran.stdout) * 1024
