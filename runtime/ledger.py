"""Many customers: events in, outcomes out; nothing counted twice.

A `Ledger` folds events over a `Book`, which keeps customers, who has which e-mail address, and the ids of the
events that were applied: `Memory` here, or a `Store` on disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Protocol

from .compiled import Compiled
from .customer import Customer
from .effects import Effect, Rejected
from .evaluator import Program
from .events import CustomerGiven, Event, OrderPaid, OrderRefunded, TiersImported
from .moves import skipped
from .step import apply, check, import_rows, normal_email
from .versions import check_compatible

Outcome = dict[str, Any]
"""`event` (id or null), `outcome` (`applied`, `duplicate`, `rejected`), and `effects`, or `reason` and `message`."""


class Book(Protocol):
    """What a ledger remembers."""

    @property
    def programs(self) -> Mapping[str, Compiled]:
        """Versions of the program by digest: all that members and orders refer to."""

    def get(self, key: str) -> Customer | None:
        """The member with that key."""

    def put(self, customer: Customer, order_id: str | None = None) -> None:
        """Keep a member; `order_id` names the recorded order that changed."""

    def remove(self, customer: Customer) -> None:
        """Forget a member, its orders and its e-mail address."""

    def owner(self, email: str) -> str | None:
        """The key of the member with that e-mail address, in the form of `normal_email`."""

    def move_email(self, before: str | None, after: str, key: str) -> None:
        """Give an address to a member, and free the one before."""

    def fingerprint(self, event_id: str) -> bytes | None:
        """What an applied event was, or none for an id that was not applied."""

    def remember(self, event_id: str, fingerprint: bytes) -> None:
        """Note an applied event."""

    def adopt(self, program: Program) -> None:
        """Make a version known, as the one at work."""

    def latest(self) -> Compiled | None:
        """The version that was at work last."""

    def customers(self) -> Iterator[Customer]:
        """All members, by key."""

    def is_empty(self) -> bool:
        """Whether there is no member."""


class Memory:
    """A book in memory."""

    def __init__(self) -> None:
        self.programs: dict[str, Compiled] = {}
        self._latest: Compiled | None = None
        self._customers: dict[str, Customer] = {}
        self._emails: dict[str, str] = {}
        self._events: dict[str, bytes] = {}
        self.get = self._customers.get
        self.owner = self._emails.get
        self.fingerprint = self._events.get
        self.remember = self._events.__setitem__

    def put(self, customer: Customer, order_id: str | None = None) -> None:  # noqa: ARG002 - of the protocol
        """Keep a member."""
        self._customers[customer.key] = customer

    def remove(self, customer: Customer) -> None:
        """Forget a member and its e-mail address."""
        del self._customers[customer.key]
        del self._emails[normal_email(customer.email)]

    def move_email(self, before: str | None, after: str, key: str) -> None:
        """Give an address to a member, and free the one before."""
        if before is not None:
            del self._emails[before]
        self._emails[after] = key

    def adopt(self, program: Program) -> None:
        """Make a version known, as the one at work."""
        self.programs[program.digest] = self._latest = program

    def latest(self) -> Compiled | None:
        """The version that was at work last."""
        return self._latest

    def customers(self) -> Iterator[Customer]:
        """All members, by key."""
        for key in sorted(self._customers):
            yield self._customers[key]

    def is_empty(self) -> bool:
        """Whether there is no member."""
        return not self._customers


class Ledger:
    """Applies events, of any customers, in the order in which they come.

    `not_after` (an instant): later events are rejected, `in-the-future`.
    Raises `IncompatibleProgram` for a program that the book's customers cannot live under.
    """

    def __init__(self, program: Program, *, book: Book | None = None, not_after: int | None = None) -> None:
        self._book: Book = Memory() if book is None else book
        self._not_after = not_after
        self.program = program
        self.switch(program)

    def switch(self, program: Program) -> None:
        """Go on with another version of the program. Raises `IncompatibleProgram`, and changes nothing then."""
        latest = self._book.latest()
        if latest is not None and not self._book.is_empty():
            check_compatible(latest, program)
        self._book.adopt(program)
        self.program = program

    def apply_line(self, line: str) -> Outcome:
        """The outcome of one line of JSON."""
        try:
            raw = read_json(line)
        except ValueError as error:
            return _rejected(None, Rejected("invalid-event", str(error)))
        return self.apply(raw)

    def apply(self, raw: dict[str, Any]) -> Outcome:
        """The outcome of one event, as parsed by `read_json`."""
        try:
            event = self.program.read(raw)
            fingerprint = _fingerprint(raw)
            known = self._book.fingerprint(event.id)
            if known is not None:
                if known == fingerprint:
                    return {"event": event.id, "outcome": "duplicate"}
                raise Rejected("conflicting-id", f"another event with the id `{event.id}` was applied")
            effects = self._apply(event)
        except Rejected as rejection:
            event_id = raw.get("id") if isinstance(raw, dict) else None
            return _rejected(event_id if type(event_id) is str else None, rejection)
        self._book.remember(event.id, fingerprint)
        return {"event": event.id, "outcome": "applied", "effects": effects}

    def _apply(self, event: Event) -> list[Effect]:
        if isinstance(event, TiersImported):
            check(self.program, None, event, self._book.programs, self._not_after)
            return self._import(event)
        book = self._book
        assert event.customer is not None
        customer = book.get(event.customer)
        check(self.program, customer, event, book.programs, self._not_after)
        if isinstance(event, CustomerGiven):
            return self._apply_with_email(customer, event)
        after, effects = apply(self.program, customer, event, book.programs)
        if after is None:
            assert customer is not None
            book.remove(customer)
        else:
            book.put(after, event.order_id if isinstance(event, OrderPaid | OrderRefunded) else None)
        return effects

    def _apply_with_email(self, customer: Customer | None, event: CustomerGiven) -> list[Effect]:
        before = None if customer is None else normal_email(customer.email)
        email = None if event.email is None else normal_email(event.email)
        if email is not None and self._book.owner(email) not in (None, event.customer):
            raise Rejected("email-in-use", f"`{event.email}` belongs to another member")
        after, effects = apply(self.program, customer, event, self._book.programs)
        assert after is not None
        if email is not None and email != before:
            self._book.move_email(before, email, after.key)
        self._book.put(after)
        return effects

    def _import(self, event: TiersImported) -> list[Effect]:
        effects: list[Effect] = []
        for row in event.rows:
            owner = self._book.owner(normal_email(row[0]))
            customer = None if owner is None else self._book.get(owner)
            if customer is None:
                effects.append(skipped(row[0], row[1], "not-a-member"))
                continue
            import_rows(self.program, customer, [row], event.at, effects, self._book.programs)
            self._book.put(customer)
        return effects

    def members(self) -> Iterator[Customer]:
        """All members, by key."""
        return self._book.customers()

    def customers(self) -> list[dict[str, Any]]:
        """All members, by key, as `run --customers` writes them."""
        return [self.summary(customer) for customer in self._book.customers()]

    def summary(self, customer: Customer) -> dict[str, Any]:
        """A member as `run --customers` writes one."""
        program = self._book.programs[customer.digest]
        return {
            "customer": customer.key,
            "email": customer.email,
            "joined": program.local(customer.joined_at),
            "tier": program.tier_id(customer.tier),
            "balance": customer.balance,
            "window": _metrics(program, customer.spend, customer.orders, customer.points_earned),
            "lifetime": _metrics(
                program,
                customer.lifetime.spend,
                customer.lifetime.orders,
                customer.lifetime.points_earned,
            ),
        }


def _metrics(program: Compiled, spend: int, orders: int, points_earned: int) -> dict[str, Any]:
    return {"spend": program.money(spend), "orders": orders, "points_earned": points_earned}


def _rejected(event_id: str | None, rejection: Rejected) -> Outcome:
    return {
        "event": event_id,
        "outcome": "rejected",
        "reason": rejection.reason,
        "message": rejection.message,
    }


def read_json(text: str) -> Any:
    """JSON with exact numbers (int, or Decimal where there is a point or an exponent).

    Raises ValueError for what is no JSON, for a duplicate key, a number that is not finite, and for nesting
    or numbers beyond reason.
    """
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(f"not JSON: {what} at {line}column {error.colno}") from None
    except ValueError as error:
        # Python's own limit on the digits of a whole number; the other texts are of this module.
        if "int_max_str_digits" in str(error):
            raise ValueError("not JSON that makes sense: a number without bounds") from None
        raise
    except RecursionError:
        raise ValueError("not JSON that makes sense: nested too deep") from None
    except ArithmeticError:
        raise ValueError("not JSON that makes sense: a number without bounds") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key `{key}` is there twice")
            seen.add(key)
    return members


def _constant(name: str) -> Any:
    raise ValueError(f"`{name}` is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)


def _fingerprint(raw: dict[str, Any]) -> bytes:
    """A digest of an event's content: key order aside, numbers by value."""
    return blake2b(_ENCODER.encode(raw).encode(), digest_size=16).digest()


def _by_value(number: object) -> Any:
    assert isinstance(number, Decimal)
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).lstrip("0")
    significant = text.rstrip("0")
    exponent += len(text) - len(significant)
    if not significant:
        return 0
    if 0 <= exponent < 40:
        return int(significant + "0" * exponent) * (-1 if sign else 1)
    # The same number always gets this form, and no text of an event can: it is no text.
    return {"number": [sign, significant, exponent]}


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_by_value)


def fold(ledger: Ledger, lines: Iterable[str]) -> Iterator[Outcome]:
    """The outcomes of lines of JSON, in order; blank lines have none."""
    for line in lines:
        if not line.isspace() and line:
            yield ledger.apply_line(line)
