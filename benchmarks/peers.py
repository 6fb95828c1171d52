"""The tier decision of `tiers.yaml` in other engines, each compiled ahead where its API allows.

Every peer gets the customer in the form that it reads fastest, made ahead of the measurement.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tiercel.runtime import Member

Decide = Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: `prepare` makes its input of a member, `decide` the tier's index of that."""

    name: str
    package: str
    bar: float
    prepare: Callable[[Member], Any]
    decide: Decide

    @property
    def version(self) -> str:
        """The installed version."""
        return importlib.metadata.version(self.package)


def plain(member: Member) -> dict[str, Any]:
    """A member as a JSON object, money in cents."""
    return {
        "spend": member.spend,
        "orders": member.orders,
        "country": member.country,
        "tags": sorted(member.tags),
    }


def zen() -> Peer:
    """GoRules ZEN: a compiled expression."""
    import zen

    expression = zen.compile_expression(
        "spend >= 200000 and orders >= 10 and country in ['CA', 'US'] ? 4 : "
        "spend >= 80000 and (orders >= 6 or contains(tags, 'insider')) ? 3 : "
        "spend >= 30000 and orders >= 3 ? 2 : spend >= 10000 or orders >= 2 ? 1 : 0"
    )
    evaluate = expression.evaluate
    return Peer("zen-engine, compiled expression", "zen-engine", 9, plain, evaluate)


_CEL = (
    "spend >= 200000 && orders >= 10 && country in ['CA', 'US'] ? 4 : "
    "(spend >= 80000 && (orders >= 6 || 'insider' in tags) ? 3 : "
    "(spend >= 30000 && orders >= 3 ? 2 : (spend >= 10000 || orders >= 2 ? 1 : 0)))"
)


def cel_in_rust() -> Peer:
    """CEL, the Rust implementation."""
    import cel

    program = cel.compile(_CEL)
    return Peer("common-expression-language", "common-expression-language", 9, plain, program.execute)


def cel_in_python() -> Peer:
    """CEL, the Python implementation."""
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(_CEL))
    return Peer(
        "cel-python",
        "cel-python",
        9,
        lambda member: celpy.json_to_cel(plain(member)),
        lambda activation: int(program.evaluate(activation)),
    )


def rule_engine() -> Peer:
    """rule-engine: a rule per tier."""
    import rule_engine

    maple = rule_engine.Rule('spend >= 200000 and orders >= 10 and country in ["CA", "US"]').matches
    birch = rule_engine.Rule('spend >= 80000 and (orders >= 6 or "insider" in tags)').matches
    sapling = rule_engine.Rule("spend >= 30000 and orders >= 3").matches
    sprout = rule_engine.Rule("spend >= 10000 or orders >= 2").matches

    def decide(member: dict[str, Any]) -> int:
        if maple(member):
            return 4
        if birch(member):
            return 3
        if sapling(member):
            return 2
        return 1 if sprout(member) else 0

    return Peer("rule-engine", "rule-engine", 9, plain, decide)


def evalidate() -> Peer:
    """evalidate: Python's own expressions, validated and compiled."""
    import evalidate

    model = evalidate.base_eval_model.clone()
    model.nodes += ["List", "Tuple"]
    code = evalidate.Expr(
        "4 if spend >= 200000 and orders >= 10 and country in ('CA', 'US') else "
        "3 if spend >= 80000 and (orders >= 6 or 'insider' in tags) else "
        "2 if spend >= 30000 and orders >= 3 else 1 if spend >= 10000 or orders >= 2 else 0",
        model=model,
    )
    return Peer("evalidate", "evalidate", 2.5, plain, code.eval)


def cedar() -> Peer:
    """Cedar: a permit per tier, asked from the highest down."""
    import cedarpy

    conditions = {
        4: 'context.spend >= 200000 && context.orders >= 10 && ["CA", "US"].contains(context.country)',
        3: 'context.spend >= 80000 && (context.orders >= 6 || context.tags.contains("insider"))',
        2: "context.spend >= 30000 && context.orders >= 3",
        1: "context.spend >= 10000 || context.orders >= 2",
    }
    policies = "\n".join(
        f'permit(principal, action == Action::"t{tier}", resource) when {{ {condition} }};'
        for tier, condition in conditions.items()
    )
    parsed = cedarpy.PolicySet.from_str(policies)
    nobody = cedarpy.Entities.from_json_str("[]")

    def prepare(member: Member) -> list[dict[str, Any]]:
        return [
            {
                "principal": 'Customer::"c"',
                "action": f'Action::"t{tier}"',
                "resource": 'Program::"p"',
                "context": json.dumps(plain(member)),
            }
            for tier in (4, 3, 2, 1)
        ]

    def decide(requests: list[dict[str, Any]]) -> int:
        answers = cedarpy.is_authorized_batch(requests, parsed, nobody)
        return next((4 - index for index, answer in enumerate(answers) if answer.allowed), 0)

    return Peer("cedarpy", "cedarpy", 9, prepare, decide)


PEERS = (evalidate, zen, cel_in_rust, rule_engine, cedar, cel_in_python)
