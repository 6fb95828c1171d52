"""What there is to cover of a program: each target with a key that outlives changes of layout, and in words."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from ..compiler.node import Node, node
from ..compiler.source import Span


class Kind(Enum):
    """What a target is about; the percentage counts all of them alike."""

    TIER = "tiers"
    RULE = "rules"
    CLAUSE = "clauses"
    THRESHOLD = "thresholds"


@node
class Target(Node):
    """Something that a scenario can show of a program.

    `key` names it by ids and places of clauses: `vip.tiers.gold.when/1/true`. `says` is what a run would have to
    show: "`gold` is left". `unreachable` says why no run ever can, where that is proved; such a target does not
    count.
    """

    key: str
    kind: Kind
    says: str
    unreachable: str | None
    span: Span = field(compare=False, repr=False)
