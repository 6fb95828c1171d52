"""Proposals that are pasted where they belong are read, pass, and raise what is covered by all that was promised."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tiercel.cli.group import tiercel
from tiercel.compiler.driver import compile_bytes
from tiercel.tests.cli.conftest import Run
from tiercel.tests.properties.cases import budget
from tiercel.tests.properties.strategies import Declared, programs
from tiercel.tests.properties.yaml_text import yaml_text

HEAD = "tiercel-test: 1\nscenarios:\n"
PROGRAM = (Path(__file__).parent / "shop.yaml").read_text(encoding="utf-8")
ONE = "  - scenario: Somebody joins\n    steps:\n      - ann joins\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(tiercel, ["test", *map(str, arguments)])


def unseen(program: Path) -> set[str]:
    """What the scenarios beside a program do not cover, all of which pass."""
    played = run("--coverage", "--format", "json", program)
    tests = program.with_suffix(".test.yaml")
    assert played.exit_code == 0, played.output + (tests.read_text("utf-8") if tests.exists() else "")
    report = json.loads(played.stdout)["coverage"]["programs"][0]
    return {target["key"] for target in report["targets"] if target["covered"] is False}


def proposed(program: Path) -> tuple[str, int]:
    """What is proposed, and for how many targets nothing is."""
    result = run("--propose", program)
    assert result.exit_code == 0, result.output
    return result.stdout, sum(line.startswith("no scenario was found") for line in result.stderr.splitlines())


def items(file: str) -> list[str]:
    """The scenarios of a file that was proposed, each as its lines."""
    return ["  - scenario:" + item for item in file.split("\n  - scenario:")[1:]]


@given(programs(), st.sampled_from([0, 2, 4]), st.sampled_from(["", "\n"]), st.randoms(use_true_random=False))
@budget(0.15)
def test_what_is_pasted_covers_what_was_promised(
    tmp_path_factory: pytest.TempPathFactory,
    declared: Declared,
    indentation: int,
    ending: str,
    chance: Random,
) -> None:
    program = tmp_path_factory.mktemp("pasted") / "shop.yaml"
    tests = program.with_suffix(".test.yaml")
    program.write_text(yaml_text(declared), encoding="utf-8")
    if compile_bytes("shop.yaml", program.read_bytes()).has_errors:
        return
    whole, without = proposed(program)
    if not whole:
        return
    tests.write_text(whole, encoding="utf-8")
    left = unseen(program)
    assert len(left) == without
    # Of the same scenarios some are there before, written as others may write them.
    some = [item for item in items(whole) if chance.random() < 0.5] or items(whole)[:1]
    listed = textwrap.indent(textwrap.dedent("\n".join(some)), " " * indentation)
    tests.write_text(HEAD + listed.rstrip() + ending, encoding="utf-8")
    rest, _ = proposed(program)
    with tests.open("a", encoding="utf-8") as stream:
        stream.write(rest)
    assert unseen(program) <= left, (tests.read_text("utf-8"), unseen(program) - left)
    assert proposed(program)[0] == ""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file beside a program, in the folder where commands run."""
    (tmp_path / "shop.yaml").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "shop.test.yaml"


def test_titles_are_new_whatever_was_played(cli: Run, shop: Path) -> None:
    shop.write_text(HEAD + ONE, encoding="utf-8")
    for _ in range(2):
        with shop.open("a", encoding="utf-8") as stream:
            stream.write(cli("test", "--propose", "--run", "^Somebody", "shop.yaml").stdout)
    assert cli("test", "--fail-under", "100", "shop.yaml").exit_code == 0


@pytest.mark.parametrize(
    "file",
    [
        HEAD + ONE + "program: shop.yaml\n",
        "tiercel-test: 1\nscenarios: [{scenario: Somebody joins, steps: [ann joins]}]\n",
    ],
    ids=["a key follows", "flow style"],
)
def test_a_list_that_is_not_at_the_end_is_told_of(cli: Run, shop: Path, file: str) -> None:
    shop.write_text(file, encoding="utf-8")
    told = "`shop.test.yaml` does not end with its scenarios: put these among them\n"
    assert told in cli("test", "--propose", "shop.yaml").stderr
    shop.write_text(HEAD + ONE, encoding="utf-8")
    assert told not in cli("test", "--propose", "shop.yaml").stderr


AWKWARD = """\
tiercel: 1
program: {name: "S: <a> #", currency: JPY, timezone: Asia/Tokyo}
customer: {note: text, level: {one_of: ["yes", "<b>", "a b, c", "a\\u2028b\\x85c", "\\x7F"]}}
vip:
  window: lifetime
  tiers:
    - {id: seed, name: "Seed <vip>: #1", perks: ["<a>", "x: y"]}
    - id: birch
      name: "yes"
      when: 'spend >= 300 and customer.level == "<b>"'
      entry_rewards: [{type: free_product, product: '<mug>: "big"'}]
    - {id: maple, name: "'“q”'", when: 'spend >= 900 and customer.note == "a <x> #b: c"'}
earn:
  - {id: everyone, activity: order, points: 1, per: 1, when: 'order.channel == "<web>" or order.tags has "a, b"'}
  - {id: lines, activity: order, points: 1, per: 1, when: "customer.level == \\"a\\u2028b\\x85c\\""}
  - {id: signs, activity: order, points: 1, per: 1, when: "customer.level == \\"\\x7F\\""}
"""


def test_names_are_themselves_whatever_they_look_like(cli: Run, shop: Path) -> None:
    (shop.parent / "shop.yaml").write_text(AWKWARD, encoding="utf-8")
    shop.write_text(cli("test", "--propose", "shop.yaml").stdout, encoding="utf-8")
    result = cli("test", "--fail-under", "100", "shop.yaml")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert cli("fmt", "--diff", "shop.test.yaml").stdout == ""
