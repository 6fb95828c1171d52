"""`tiercel run`."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

ENROLLED = '{"id":"e1","type":"customer.enrolled","at":"2026-01-02T15:00:00Z","customer":"c1","email":"a@example.com"}'


def paid(number: int, total: str = "60.00", day: int = 5) -> str:
    return json.dumps(
        {
            "id": f"p{number}",
            "type": "order.paid",
            "at": f"2026-01-{day:02d}T12:00:00Z",
            "customer": "c1",
            "order": {"id": f"o{number}", "total": total},
        }
    )


def outcomes(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.jsonl"
    path.write_text(
        "\n".join([ENROLLED, paid(1), "", paid(2), paid(2), paid(3, "x")]) + "\n", encoding="utf-8"
    )
    return path


def test_outcomes_in_order(cli: Run, maple: Path, events: Path) -> None:
    result = cli("run", maple, "--events", events)
    said = outcomes(result.stdout)
    assert result.exit_code == 0
    assert [(o["event"], o["outcome"]) for o in said] == [
        ("e1", "applied"),
        ("p1", "applied"),
        ("p2", "applied"),
        ("p2", "duplicate"),
        ("p3", "rejected"),
    ]
    assert [effect["kind"] for effect in said[2]["effects"]] == [
        "points_earned",
        "tier_changed",
        "reward_issued",
    ]
    assert result.stderr == "1 event was rejected\n"


def test_strict(cli: Run, maple: Path, events: Path) -> None:
    assert cli("run", maple, "--events", events, "--strict").exit_code == 1
    assert cli("run", maple, "--events", "-", "--strict", input=ENROLLED).exit_code == 0


def test_lines_that_are_no_events(cli: Run, maple: Path) -> None:
    lines = [
        b"{",
        b"[]",
        b"\xff\xfe{}",
        b'{"id": "x"}',
        b'{"id": 5}',
        b"\x00",
        b'{"a": 1, "a": 2}',
        b"NaN",
        b"[" * 10**5,
    ]
    result = cli("run", maple, "--events", "-", input=b"\xef\xbb\xbf\r\n \n" + b"\n".join(lines))
    said = outcomes(result.stdout)
    assert [o["event"] for o in said] == [None, None, None, "x", None, None, None, None, None]
    assert {(o["outcome"], o["reason"], bool(o["message"])) for o in said} == {
        ("rejected", "invalid-event", True)
    }


def test_line_ends_of_unicode_do_not_end_a_line(cli: Run, maple: Path) -> None:
    line = ENROLLED.replace("a@example.com", "a\u2028\u0085@example.com")
    said = outcomes(cli("run", maple, "--events", "-", input=line + "\r\n").stdout)
    assert [o["outcome"] for o in said] == ["applied"]


def test_customers(cli: Run, maple: Path, events: Path, tmp_path: Path) -> None:
    out = tmp_path / "customers.jsonl"
    assert cli("run", maple, "--events", events, "--customers", out).exit_code == 0
    assert outcomes(out.read_text(encoding="utf-8")) == [
        {
            "customer": "c1",
            "email": "a@example.com",
            "joined": "2026-01-02T10:00:00-05:00",
            "tier": "maple",
            "balance": 130,
            "window": {"spend": "120.00", "orders": 2, "points_earned": 120},
            "lifetime": {"spend": "120.00", "orders": 2, "points_earned": 120},
        }
    ]


def test_where_customers_cannot_be_written_nothing_runs(
    cli: Run, maple: Path, events: Path, tmp_path: Path
) -> None:
    result = cli("run", maple, "--events", events, "--customers", tmp_path / "missing" / "out")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "moment", ["2026-01-05", "2026-01-05T12:00:00Z", "2026-01-05T07:00", "2026-01-05T13:00:00+01:00"]
)
def test_not_after(cli: Run, maple: Path, moment: str) -> None:
    text = "\n".join([ENROLLED, paid(1, day=5), paid(2, day=6)])
    said = outcomes(cli("run", maple, "--events", "-", "--not-after", moment, input=text).stdout)
    assert [o.get("reason") for o in said] == [None, None, "in-the-future"]


def test_a_bare_day_ends_in_the_programs_zone(cli: Run, maple: Path) -> None:
    late = ENROLLED.replace("2026-01-02T15:00:00Z", "2026-01-03T04:59:59Z")
    later = ENROLLED.replace("2026-01-02T15:00:00Z", "2026-01-03T05:00:00Z")
    for line, outcome in ((late, "applied"), (later, "rejected")):
        result = cli("run", maple, "--events", "-", "--not-after", "2026-01-02", input=line)
        assert [o["outcome"] for o in outcomes(result.stdout)] == [outcome]


@pytest.mark.parametrize(
    "moment", ["soon", "2026-02-30", "2026-01-01T25:00", "2026-01-01T00:00:00+99:00", "2026-03-08T02:30", ""]
)
def test_no_moment(cli: Run, maple: Path, moment: str) -> None:
    result = cli("run", maple, "--events", "-", "--not-after", moment, input="")
    assert result.exit_code == 2
    assert "--not-after: " in result.stderr


def test_state_goes_on_where_it_was(cli: Run, maple: Path, tmp_path: Path) -> None:
    state, out = tmp_path / "state", tmp_path / "out"
    first = cli("run", maple, "--events", "-", "--state", state, input="\n".join([ENROLLED, paid(1)]))
    second = cli(
        "run",
        maple,
        "--events",
        "-",
        "--state",
        state,
        "--customers",
        out,
        input="\n".join([paid(1), paid(2)]),
    )
    assert [o["outcome"] for o in outcomes(first.stdout)] == ["applied", "applied"]
    assert [o["outcome"] for o in outcomes(second.stdout)] == ["duplicate", "applied"]
    assert outcomes(out.read_text(encoding="utf-8"))[0]["tier"] == "maple"


def test_an_incompatible_program_leaves_the_state_alone(cli: Run, maple: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    cli("run", maple, "--events", "-", "--state", state, input=ENROLLED)
    before = {path.name: path.read_bytes() for path in state.iterdir()}
    other = tmp_path / "other.yaml"
    other.write_text(MAPLE.replace("CAD", "USD"), encoding="utf-8")
    result = cli("run", other, "--events", "-", "--state", state, input=paid(1))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "incompatible-program" in result.stderr
    assert {path.name: path.read_bytes() for path in state.iterdir()} == before


def test_a_state_that_is_none(cli: Run, maple: Path, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "tiercel.sqlite3").write_bytes(
        b"not a database, and long enough to be looked at" * 100
    )
    result = cli("run", maple, "--events", "-", "--state", tmp_path / "state", input=ENROLLED)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot open the state" in result.stderr
    assert cli("run", maple, "--events", "-", "--state", maple, input=ENROLLED).exit_code == 2


def test_a_broken_program_runs_nothing(cli: Run, events: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    result = cli("run", "-", "--events", events, "--state", state, input=MAPLE.replace("spend", "spendd"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert not os.path.exists(state)


def test_a_missing_events_file(cli: Run, maple: Path) -> None:
    result = cli("run", maple, "--events", "missing.jsonl")
    assert result.exit_code == 2
    assert "cannot read `missing.jsonl`: no such file or directory" in result.stderr


@pytest.mark.parametrize("option", ["--customers", "--state"])
def test_a_name_that_is_empty(cli: Run, maple: Path, events: Path, option: str) -> None:
    result = cli("run", maple, "--events", events, option, "")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("which", ["maple", "events", "-"])
def test_customers_never_replace_an_input(cli: Run, maple: Path, events: Path, which: str) -> None:
    before = maple.read_bytes(), events.read_bytes()
    result = cli(
        "run", maple, "--events", events, "--customers", {"maple": maple, "events": events}.get(which, which)
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert (maple.read_bytes(), events.read_bytes()) == before


def test_a_state_whose_program_is_broken(cli: Run, maple: Path, events: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    cli("run", maple, "--events", events, "--state", state)
    with closing(sqlite3.connect(state / "tiercel.sqlite3", isolation_level=None)) as db:
        db.execute("UPDATE programs SET source = 'tiercel: 1'")
    maple.write_text(MAPLE.replace("spend >= 100", "spend >= 90"), encoding="utf-8")
    result = cli("run", maple, "--events", events, "--state", state)
    assert result.exit_code == 2
    assert result.stderr.endswith("has errors: the file has no `program`\n")


def test_a_number_of_too_many_digits(cli: Run, maple: Path) -> None:
    result = cli("run", maple, "--events", "-", input='{"id": ' + "9" * 5000 + "}")
    assert outcomes(result.stdout)[0]["message"] == "not JSON that makes sense: a number without bounds"
