"""The conformance cases that fold events: `golden/` and `versions/`, where the folder is present."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[3] / "shared" / "conformance"
GOLDEN = sorted((CASES / "golden").glob("*")) if CASES.exists() else []
VERSIONS = sorted((CASES / "versions").glob("*")) if CASES.exists() else []
needs_cases = pytest.mark.skipif(
    not CASES.exists(), reason="the conformance cases are not beside the project"
)


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tiercel", "run", *args], capture_output=True, text=True)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def comparable(value: Any) -> Any:
    """A line as cases are compared: without `message`, instants in one spelling, `percent` by value."""
    if isinstance(value, dict):
        return {
            key: float(item) if key == "percent" else comparable(item)
            for key, item in value.items()
            if key != "message"
        }
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)", value):
        return re.sub(r"\.0+(?=Z|[+-])", "", value).replace("Z", "+00:00")
    return value


def assert_outcomes(printed: str, expected: Path) -> None:
    outcomes = lines(printed)
    assert [comparable(o) for o in outcomes] == [comparable(o) for o in lines(expected.read_text())]
    assert all(o.get("message") for o in outcomes if o["outcome"] == "rejected")


def assert_customers(written: Path, expected: Path) -> None:
    pairs = zip(lines(written.read_text()), lines(expected.read_text()), strict=True)
    for customer, shown in pairs:
        assert {key: customer[key] for key in shown} == shown


@needs_cases
@pytest.mark.parametrize("case", GOLDEN, ids=lambda path: path.name)
def test_golden(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "customers.jsonl"
    result = run(str(case / "program.yaml"), "--events", str(case / "events.jsonl"), "--customers", str(out))
    assert result.returncode == 0, result.stderr
    assert_outcomes(result.stdout, case / "expected.jsonl")
    if (case / "customers.jsonl").exists():
        assert_customers(out, case / "customers.jsonl")


@needs_cases
@pytest.mark.parametrize("case", VERSIONS, ids=lambda path: path.name)
def test_versions(case: Path, tmp_path: Path) -> None:
    state, out = tmp_path / "state", tmp_path / "customers.jsonl"
    before = run(str(case / "old.yaml"), "--events", str(case / "before.jsonl"), "--state", str(state))
    assert before.returncode == 0, before.stderr
    assert_outcomes(before.stdout, case / "expected-before.jsonl")
    after = run(
        *(str(case / "new.yaml"), "--events", str(case / "after.jsonl")),
        *("--state", str(state), "--customers", str(out)),
    )
    if (case / "refused").exists():
        assert after.returncode == 2
        assert "incompatible-program" in after.stderr + after.stdout
        again = run(str(case / "old.yaml"), "--events", str(case / "before.jsonl"), "--state", str(state))
        assert {o["outcome"] for o in lines(again.stdout)} == {"duplicate"}
        return
    assert after.returncode == 0, after.stderr
    assert_outcomes(after.stdout, case / "expected-after.jsonl")
    if (case / "customers.jsonl").exists():
        assert_customers(out, case / "customers.jsonl")
