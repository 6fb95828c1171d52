"""The state on disk: batches, restarts, kills, versions, damage."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tiercel.runtime import Ledger, Program, StateError, Store
from tiercel.runtime.program import Amount, Campaign, Rule, Tables, Tier, Window


def highest(member: Any, cap: int) -> int:
    return min(cap, 1 if member.spend >= 10_000 else 0)


def program(digest: str = "one", per: int = 100, **more: Any) -> Program:
    tables = {
        "name": "P",
        "currency": "CAD",
        "decimals": 2,
        "vip": True,
        "window": Window("calendar_year"),
        "tiers": (Tier("low", "Low", 1), Tier("high", "High", 2, rewards=({"type": "points", "points": 7},))),
        "highest_tier": highest,
        "spend": Amount(tax=False),
        "rules": (Rule("everyday", 9, "order", ((1, 1),), per=per),),
        "campaigns": (Campaign("double", 12, (2, 1), 0, 1),),
        **more,
    }
    return Program(Tables(digest=digest, **tables))


def enrol(key: str, at: str = "2026-01-01T00:00:00Z") -> dict[str, Any]:
    return {
        "id": f"in-{key}",
        "type": "customer.enrolled",
        "at": at,
        "customer": key,
        "email": f"{key}@example.com",
    }


def order(number: int, key: str, total: str = "30.00") -> dict[str, Any]:
    at = f"2026-02-{1 + number // 1440 % 28:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00Z"
    body = {"id": f"o{number}", "total": total}
    return {"id": f"e{number}", "type": "order.paid", "at": at, "customer": key, "order": body}


def stream(events: list[dict[str, Any]]) -> list[str]:
    return [json.dumps(event) for event in events]


def run(folder: Path, version: Program, lines: list[str], size: int = 3) -> list[dict[str, Any]]:
    with Store(folder, lambda _: version) as store:
        store.source(version, version.digest)
        ledger = Ledger(version, book=store)
        return [outcome for batch in store.batches(ledger, lines, size) for outcome in batch]


def customers(folder: Path, version: Program) -> list[dict[str, Any]]:
    with Store(folder, lambda _: version) as store:
        return Ledger(version, book=store).customers()


EVENTS = [
    # This order comes before its customer is enrolled, so it is rejected: also when a run is taken up again.
    order(0, "a"),
    *[enrol(key) for key in "abc"],
    *[order(number, "abc"[number % 3]) for number in range(1, 40)],
    {
        "id": "r1",
        "type": "order.refunded",
        "at": "2026-03-01T00:00:00Z",
        "customer": "a",
        "order": {"id": "o3", "amount": 10},
    },
]


def test_the_same_as_in_memory(tmp_path: Path) -> None:
    memory = Ledger(program())
    expected = [memory.apply_line(line) for line in stream(EVENTS)]
    assert run(tmp_path / "state", program(), stream(EVENTS)) == expected
    assert customers(tmp_path / "state", program()) == memory.customers()


@pytest.mark.parametrize("stop", range(0, 44, 3))
def test_a_run_that_was_cut_off_continues(tmp_path: Path, stop: int) -> None:
    memory = Ledger(program())
    expected = [memory.apply_line(line) for line in stream(EVENTS)]
    version = program()
    handed_out: list[dict[str, Any]] = []
    with Store(tmp_path, lambda _: version) as store:
        store.source(version, "one")
        for batch in store.batches(Ledger(version, book=store), stream(EVENTS), 4):
            handed_out += batch
            if len(handed_out) >= stop:
                break
    again = run(tmp_path, version, stream(EVENTS), 4)
    applied = {o["event"] for o in handed_out if o["outcome"] == "applied"}
    for outcome, due in zip(again, expected, strict=True):
        assert outcome == due or (outcome["outcome"] == "duplicate" and outcome["event"] in applied)
    assert customers(tmp_path, version) == memory.customers()


def test_a_whole_run_again_is_all_duplicates_and_rejections_are_decided_anew(tmp_path: Path) -> None:
    run(tmp_path, program(), stream(EVENTS))
    again = run(tmp_path, program(), stream(EVENTS))
    assert again[0]["outcome"] == "applied"  # sent again, now that the customer is there
    assert {o["outcome"] for o in again[1:]} == {"duplicate"}


KILLED = """
import sys, json
sys.path.insert(0, sys.argv[2])
from test_store import program, EVENTS, order, enrol, stream
from tiercel.runtime import Ledger, Store
version = program()
with Store(sys.argv[1], lambda _: version) as store:
    store.source(version, "one")
    lines = stream([enrol("a"), *[order(n, "a") for n in range(1, 20000)]])
    for batch in store.batches(Ledger(version, book=store), lines, 7):
        print("\\n".join(json.dumps(o) for o in batch), flush=True)
"""


@pytest.mark.parametrize("after", [1, 40, 300])
def test_a_kill_loses_and_doubles_nothing(tmp_path: Path, after: int) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "state"), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(after)]
        os.kill(process.pid, signal.SIGKILL)
        seen += process.stdout.readlines()
    printed = [json.loads(line) for line in seen if line.endswith("\n")]
    lines = stream([enrol("a"), *[order(n, "a") for n in range(1, 2000)]])
    again = run(tmp_path / "state", program(), lines, 500)
    memory = Ledger(program())
    expected = [memory.apply_line(line) for line in lines]
    by_event = {o["event"]: o for o in printed}
    for outcome, due in zip(again, expected, strict=True):
        if outcome["outcome"] == "duplicate":
            assert by_event[due["event"]] == due  # its effects were handed out before it was committed
        else:
            assert outcome == due
    if len(printed) <= len(lines):
        assert customers(tmp_path / "state", program()) == memory.customers()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Store(tmp_path, lambda _: program()), pytest.raises(StateError, match="another run"):
        Store(tmp_path, lambda _: program())


def test_removed_customers_leave_nothing(tmp_path: Path) -> None:
    gone = {"id": "x", "type": "customer.removed", "at": "2026-04-01T00:00:00Z", "customer": "a"}
    run(tmp_path, program(), stream([*EVENTS, gone, {**enrol("z"), "email": "a@example.com"}]))
    assert [c["customer"] for c in customers(tmp_path, program())] == ["b", "c", "z"]
    with Store(tmp_path, lambda _: program()) as store:
        kept = store._db.execute("SELECT count(*) FROM orders WHERE customer = 'a'").fetchone()
    assert kept == (0,)


def test_addresses_may_change_hands_within_a_batch(tmp_path: Path) -> None:
    def update(number: int, key: str, email: str) -> dict[str, Any]:
        at = "2026-04-01T00:00:00Z"
        return {"id": f"u{number}", "type": "customer.updated", "at": at, "customer": key, "email": email}

    swap = [
        update(1, "a", "t@example.com"),
        update(2, "b", "a@example.com"),
        update(3, "a", "B@example.com"),
    ]
    outcomes = run(tmp_path, program(), stream([enrol("a"), enrol("b"), *swap]), 100)
    assert {o["outcome"] for o in outcomes} == {"applied"}
    assert [c["email"] for c in customers(tmp_path, program())] == ["B@example.com", "a@example.com"]


def test_a_refund_uses_the_version_that_evaluated_the_order(tmp_path: Path) -> None:
    versions = {"one": program("one", per=100), "two": program("two", per=50)}
    run(tmp_path, versions["one"], stream([enrol("a"), order(1, "a")]))
    refund = {
        "id": "r",
        "type": "order.refunded",
        "at": "2026-03-01T00:00:00Z",
        "customer": "a",
        "order": {"id": "o1", "amount": 10},
    }
    with Store(tmp_path, versions.__getitem__) as store:
        store.source(versions["two"], "two")
        ledger = Ledger(versions["two"], book=store)
        [outcomes] = store.batches(ledger, stream([refund]))
    reversal = {"kind": "points_reversed", "rule": "everyday", "points": 10, "order": "o1"}
    assert outcomes[0]["effects"] == [reversal]


def test_damage_is_an_error_and_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "tiercel.sqlite3").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(StateError, match="not a database"):
        Store(tmp_path, lambda _: program())


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot open"):
        Store(tmp_path / "file" / "state", lambda _: program())


def test_another_format_is_refused(tmp_path: Path) -> None:
    run(tmp_path, program(), stream(EVENTS))
    with Store(tmp_path, lambda _: program()) as store:
        store._db.execute("UPDATE meta SET value = '2' WHERE key = 'format'")
    with pytest.raises(StateError, match="format 2"):
        Store(tmp_path, lambda _: program())


def test_a_run_cut_off_before_its_end_rejects_what_it_rejected(tmp_path: Path) -> None:
    version = program()

    def full_disk() -> None:
        raise OSError("disk full")

    with Store(tmp_path, lambda _: version) as store:
        store.source(version, "one")
        batches = store.batches(Ledger(version, book=store), stream(EVENTS), before_end=full_disk)
        with pytest.raises(OSError, match="disk full"):
            list(batches)
    assert run(tmp_path, version, stream(EVENTS))[0]["reason"] == "not-a-member"


def test_a_program_without_its_source_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path, lambda _: program()) as store, pytest.raises(StateError, match="`source`"):
        Ledger(program(), book=store)
