"""`tiercel evaluate`: a case is a folder with an order, perhaps a customer and options, and what is printed.

`program` names a program beside the folders, `shop` where there is no such file.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel import load
from tiercel.runtime import customer_to_json
from tiercel.tests.cli.conftest import MAPLE, Run

FOLDER = Path(__file__).parent / "evaluate"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def arguments(case: Path) -> list[str | Path]:
    name = (case / "program").read_text(encoding="utf-8").strip() if (case / "program").exists() else "shop"
    found: list[str | Path] = ["evaluate", FOLDER / f"{name}.yaml", "--order", case / "order.json"]
    if (case / "customer.json").exists():
        found += ["--customer", case / "customer.json"]
    if (case / "options").exists():
        found += (case / "options").read_text(encoding="utf-8").split()
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_case(cli: Run, golden, case: Path) -> None:
    said = cli(*arguments(case))
    data = cli(*arguments(case), "--format", "json")
    assert said.stderr == data.stderr == ""
    golden(case / "expected.txt", said.stdout)
    golden(case / "expected.json", data.stdout)
    rejected = json.loads(data.stdout)["outcome"] == "rejected"
    assert said.exit_code == data.exit_code == (1 if rejected else 0)


def evaluated(cli: Run, tmp_path: Path, program: str, order: str, customer: str | None = None, *options: str):
    (tmp_path / "order.json").write_text(order, encoding="utf-8")
    more: list[str | Path] = []
    if customer is not None:
        (tmp_path / "customer.json").write_text(customer, encoding="utf-8")
        more = ["--customer", tmp_path / "customer.json"]
    return cli("evaluate", "-", "--order", tmp_path / "order.json", *more, *options, input=program)


@pytest.mark.parametrize(
    "timed",
    [
        "campaigns: [{id: c, multiplier: 2, starts: 2026-01-01, ends: 2026-01-02}]\n",
        "  - {id: r, activity: order, points: 1, per: order, from: 2026-01-01}\n",
        "  - {id: r, activity: order, points: 1, per: order, when: customer.days_since_joined > 3}\n",
        'exclude: {customers: customer.joined < date("2020-01-01")}\n',
    ],
)
def test_a_time_is_asked_for_where_it_matters(cli: Run, tmp_path: Path, timed: str) -> None:
    order = '{"total": 5}'
    result = evaluated(cli, tmp_path, MAPLE + timed, order)
    assert result.exit_code == 2
    assert "give --at" in result.stderr
    assert evaluated(cli, tmp_path, MAPLE + timed, order, None, "--at", "2026-01-01").exit_code == 0
    assert evaluated(cli, tmp_path, MAPLE, order).exit_code == 0


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("[]", "not a JSON object"),
        ("{", "not JSON"),
        ('{"type": "clock", "at": "x", "order": {}}', "not an `order.paid`"),
        ('{"type": "order.paid", "at": "soon", "order": {}}', "at: not an RFC 3339"),
    ],
)
def test_orders_that_are_none(cli: Run, tmp_path: Path, order: str, said: str) -> None:
    result = evaluated(cli, tmp_path, MAPLE, order)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("customer", "said"),
    [
        ('{"tier": "mapel"}', "no tier `mapel`; did you mean `maple`?"),
        ('{"tier": 3}', "no tier `3`"),
        ('{"spent": 3}', "unknown key `spent`; did you mean `spend`?"),
        ('{"spend": "1.005"}', "spend: the currency has 2 decimals"),
        ('{"lifetime": {"spend": -1}}', "lifetime.spend: negative"),
        ('{"window": 5}', "window: not an object"),
        ('{"orders": "2"}', "orders: not a whole number from 0 on"),
        ('{"balance": 1.5}', "balance: not a whole number"),
        ('{"joined": "2026-02-30"}', "joined: no such day"),
        ('{"joined": 5}', "joined: not text"),
        ('{"joined": "2027-01-01"}', "joined after the order"),
        ('{"attributes": {"size": 1}}', "attributes.size: not declared"),
        ('{"tags": "vip"}', "tags: not a list"),
        ('{"version": 1}', "did not write"),
        ('{"version": 9}', "version 9"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_customers_that_are_none(cli: Run, tmp_path: Path, customer: str, said: str) -> None:
    (tmp_path / "c.json").write_bytes(customer.encode(errors="surrogateescape"))
    (tmp_path / "o.json").write_text('{"total": 5}', encoding="utf-8")
    options = ("--order", tmp_path / "o.json", "--customer", tmp_path / "c.json", "--at", "2026-06-01")
    result = cli("evaluate", "-", *options, input=MAPLE)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def paid_once(maple: Path) -> str:
    """The state of a member who has paid an order `o` of 150.00."""
    program = load(maple)
    joins = {
        "id": "e",
        "type": "customer.enrolled",
        "at": "2026-01-02T10:00:00Z",
        "customer": "c",
        "email": "c@x",
    }
    member, _ = program.step(None, joins)
    order = {"id": "o", "total": "150.00"}
    pays = {"id": "p", "type": "order.paid", "at": "2026-01-03T10:00:00Z", "customer": "c", "order": order}
    member, _ = program.step(member, pays)
    assert member is not None
    return json.dumps(customer_to_json(member, {program.digest: program}))


def test_a_customer_as_the_runtime_keeps_one(cli: Run, maple: Path, tmp_path: Path) -> None:
    state = paid_once(maple)
    result = evaluated(cli, tmp_path, MAPLE, '{"total": 5}', state, "--format", "json")
    said = json.loads(result.stdout)
    assert (said["tier"], said["points"], said["at"]) == ("maple", 10, "2026-01-03T05:00:00-05:00")
    known = json.loads(
        evaluated(cli, tmp_path, MAPLE, '{"id": "o", "total": 5}', state, "--format", "json").stdout
    )
    assert (known["outcome"], known["reason"]) == ("rejected", "known-order")
    other = evaluated(cli, tmp_path, MAPLE.replace("100", "101"), '{"total": 5}', state)
    assert "another version" in other.stderr


def test_a_limit_that_is_used_up(cli: Run, maple: Path, tmp_path: Path) -> None:
    limited = MAPLE.replace("per: 1.00}", "per: 1.00, limit: {times: 1, days: 7}}")
    maple.write_text(limited, encoding="utf-8")
    state = paid_once(maple)
    within = evaluated(cli, tmp_path, limited, '{"total": 5}', state, "--at", "2026-01-09")
    assert "everyday (line 12): nothing\n  limit  once in 7 days: used up\n" in within.stdout
    after = evaluated(cli, tmp_path, limited, '{"total": 5}', state, "--at", "2026-01-10")
    assert "everyday (line 12): 10 points\n" in after.stdout


def test_a_customer_as_run_writes_one(cli: Run, maple: Path, tmp_path: Path) -> None:
    out = tmp_path / "customers.jsonl"
    joins = {
        "id": "e",
        "type": "customer.enrolled",
        "at": "2026-01-02T10:00:00Z",
        "customer": "c",
        "email": "c@x",
    }
    cli("run", maple, "--events", "-", "--customers", out, input=json.dumps(joins))
    result = evaluated(cli, tmp_path, MAPLE, '{"total": 5}', out.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "an order of 5.00 CAD by a member in Seed, paid at 2026-01-02T05:00:00-05:00\n"
    )
