"""Where a scenario takes place: the members, and the version of the program that is at work."""

from __future__ import annotations

from ..runtime import Ledger, Program
from ..runtime.ledger import Memory
from .values import Known
from .versions import Version


class Scene:
    """The members of one scenario under its versions in turn, and what expectations can name."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.book = Memory()
        self.ledger = Ledger(version.program, book=self.book)
        self.known = Known(version.program)
        self._learn()

    @property
    def program(self) -> Program:
        """The evaluator at work."""
        return self.version.program

    def switch(self, version: Version) -> None:
        """Go on under another version. Raises `IncompatibleProgram`, and changes nothing then."""
        self.ledger.switch(version.program)
        self.version, self.known.program = version, version.program
        self._learn()

    def _learn(self) -> None:
        """What can be named under the version at work, beside what could be before."""
        model = self.version.model
        self.known.rules |= {rule.id: None for rule in model.rules}
        self.known.tiers |= {tier.id: None for tier in model.tiers}
        self.known.campaigns |= {campaign.id: None for campaign in model.campaigns}
