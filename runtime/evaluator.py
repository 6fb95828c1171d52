"""A program, ready to evaluate events: what an emitted module's `PROGRAM` is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .compiled import Compiled
from .customer import Customer
from .effects import Effect, invalid
from .events import Event, TiersImported
from .panel import panel
from .program import Tables
from .reading import Reader
from .step import apply, check, import_rows, rows_for


class Program(Compiled):
    """One version of a loyalty program. Holds no state: customers go in, and come out.

    `digest` names its meaning: two files that mean the same have the same.
    """

    __slots__ = ("_reader",)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._reader = Reader(tables)

    @property
    def name(self) -> str:
        """The program's name."""
        return self.tables.name

    def read(self, event: object) -> Event:
        """A JSON event, checked. Raises `Rejected` (`invalid-event`)."""
        return self._reader.read(event)

    def step(
        self,
        customer: Customer | None,
        event: dict[str, Any],
        older: Mapping[str, Compiled] | None = None,
    ) -> tuple[Customer | None, list[Effect]]:
        """Apply one event to one customer: the customer after it, and its effects in order.

        Pure: the customer given stays as it was. None stands for nobody: before `customer.enrolled`, and
        after `customer.removed`. `older` has, by digest, the versions that the customer or its orders were
        evaluated by, where those are not this one. Of `tiers.imported` the rows with this customer's e-mail
        apply. What takes more than one customer to know, that an event id or an e-mail is known, is not
        checked here but by `Ledger`.

        Raises `Rejected` with a reason, `IncompatibleProgram`, or `UnknownProgram`.
        """
        read = self._reader.read(event)
        programs = {**(older or {}), self.digest: self} if older else {self.digest: self}
        if customer is not None and read.customer not in (None, customer.key):
            raise invalid("customer", f"is `{read.customer}`, and the customer given is `{customer.key}`")
        check(self, customer, read, programs)
        after = None if customer is None else customer.copy()
        if isinstance(read, TiersImported):
            effects: list[Effect] = []
            if after is not None:
                import_rows(self, after, rows_for(read, after), read.at, effects, programs)
            return after, effects
        return apply(self, after, read, programs)

    def panel(self, customer: Customer) -> dict[str, Any]:
        """What the customer sees: see `tiercel.runtime.panel.panel`."""
        return panel(self, customer)
