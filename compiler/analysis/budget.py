"""How much work a decision may take: counted in nodes, never timed, so that every machine decides the same."""

from __future__ import annotations

from dataclasses import dataclass


class OutOfBudget(Exception):
    """The search took more nodes than it was given."""


@dataclass(slots=True)
class Budget:
    """Nodes that are left."""

    nodes: int

    def spend(self, nodes: int = 1) -> None:
        """Take nodes; raises `OutOfBudget` where there are not so many left."""
        self.nodes -= nodes
        if self.nodes < 0:
            raise OutOfBudget
