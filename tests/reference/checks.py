"""Why an event of the right shape may not be applied, in the order in which it is asked."""

from __future__ import annotations

from fractions import Fraction

from tiercel.compiler.model.tree import Program

from .customer import Customer
from .moves import Book, address
from .shape import Event
from .times import from_nanoseconds
from .values import Invalid


class Rejected(Exception):
    """An event that is not applied, with its reason."""


def check(book: Book, event: Event) -> None:
    """`Rejected` or `Invalid` where the event cannot be applied; changes nothing."""
    kind = event["type"]
    if kind == "tiers.imported":
        check_moves(book.program)
    elif kind == "customer.enrolled":
        if event["customer"] in book.members:
            raise Rejected("already-member")
        check_email(book, event)
    else:
        customer = book.members.get(event["customer"])
        if customer is None:
            raise Rejected("not-a-member")
        if event["at"] < customer.joined:
            raise Rejected("before-joining")
        check_own(book, event, customer)


def check_email(book: Book, event: Event) -> None:
    for key, other in book.members.items():
        if key != event["customer"] and address(other.email) == address(event["email"]):
            raise Rejected("email-in-use")


def check_own(book: Book, event: Event, customer: Customer) -> None:
    """The checks of one type of event, on a member."""
    kind = event["type"]
    if kind == "customer.updated" and "email" in event:
        check_email(book, event)
    elif kind == "order.paid":
        if event["order"]["currency"] not in (None, book.program.currency.code):
            raise Rejected("wrong-currency")
        if event["order"]["id"] in customer.orders:
            raise Rejected("known-order")
    elif kind == "order.refunded":
        check_refund(event["order"], customer)
    elif kind == "tier.set":
        check_moves(book.program)
        if not is_launched(book.program, customer, event["at"]):
            raise Rejected("not-launched")
        if event["tier"] not in [tier.id for tier in book.program.tiers]:
            raise Rejected("unknown-tier")


def check_refund(refund: Event, customer: Customer) -> None:
    if refund["id"] not in customer.orders:
        raise Rejected("unknown-order")
    lines = customer.orders[refund["id"]].order["items"] or []
    for part in refund.get("items", []):
        if part["line"] >= len(lines):
            raise Invalid("`order.items.line` is no line of the order")


def check_moves(program: Program) -> None:
    """Whether tiers can be moved by hand at all."""
    if program.vip is None:
        raise Rejected("no-tiers")
    if program.hosted and program.hosted.platform == "wix":
        raise Rejected("not-on-this-platform")


def is_launched(program: Program, customer: Customer, at: Fraction) -> bool:
    """Whether a customer is launched, or will be by an event at `at`."""
    vip = program.vip
    assert vip is not None
    if customer.launched or (vip.launches is None and not vip.not_yet):
        return True
    return vip.launches is not None and max(at, customer.clock) >= from_nanoseconds(vip.launches.instant)
