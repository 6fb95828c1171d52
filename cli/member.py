"""The member whose order is evaluated: a new one, one in the runtime's own form, or one described in a few keys."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from ..runtime import (
    NO_TIER,
    Customer,
    Program,
    Rejected,
    UnknownProgram,
    UnreadableState,
    customer_from_json,
    format_instant,
)
from ..runtime.customer import DaySums
from ..runtime.facts import Metrics
from ..runtime.instants import day_of_iso, first_instant, parse_instant
from ..runtime.money import minor_units
from ..runtime.tiers import reachable
from .ending import WrongInput

METRICS = ("spend", "orders", "points_earned")
GIVEN = ("attributes", "tags", "country")
KEYS = ("customer", "email", "joined", "tier", "balance", "window", "lifetime", *METRICS, *GIVEN)


def read_member(program: Program, given: dict[str, Any], at: int | None) -> Customer:
    """A member as a JSON object describes one, at an instant; in the runtime's own form, at its own clock.

    Of an empty object, one who joins at that instant with nothing earned yet. Raises `WrongInput`.
    """
    if "version" in given:
        try:
            return customer_from_json(given, {program.digest: program})
        except UnknownProgram:
            raise WrongInput("the member was last placed by another version of the program") from None
        except UnreadableState as error:
            raise WrongInput(str(error)) from None
    for key in given:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, 1)
            raise WrongInput(
                f"the member has an unknown key `{key}`" + (f"; did you mean `{close[0]}`?" if close else "")
            )
    assert at is not None
    joined = joined_at(program, given["joined"]) if "joined" in given else at
    member = _enrolled(program, given, joined, at)
    _give_metrics(program, member, given)
    _give_tier(program, member, given)
    return member


def _enrolled(program: Program, given: dict[str, Any], joined: int, at: int) -> Customer:
    event = {
        "id": "joins",
        "type": "customer.enrolled",
        "at": format_instant(at, program.tz),
        "since": format_instant(joined, program.tz),
        "customer": given.get("customer", "member"),
        "email": given.get("email", "member@example.com"),
        "signup": False,
        **{key: given[key] for key in GIVEN if key in given},
    }
    try:
        member, _ = program.step(None, event)
    except Rejected as rejected:
        raise WrongInput(
            f"the member: {rejected.message.replace('since: after `at`', 'joined after the order')}"
        ) from None
    assert member is not None
    return member


def joined_at(program: Program, value: object) -> int:
    """The instant of the key `joined`: an instant, or a local day. Raises `WrongInput`."""
    if not isinstance(value, str):
        raise WrongInput("the member: joined: not text")
    try:
        return first_instant(day_of_iso(value), program.tz) if len(value) == 10 else parse_instant(value)
    except ValueError as error:
        raise WrongInput(f"the member: joined: {error}") from None


def _give_metrics(program: Program, member: Customer, given: dict[str, Any]) -> None:
    metrics = _metrics(
        program, {**_part(given, "window"), **{k: given[k] for k in METRICS if k in given}}, ""
    )
    lifetime = _metrics(program, _part(given, "lifetime"), "lifetime.") if "lifetime" in given else metrics
    member.spend, member.orders, member.points_earned = metrics
    member.lifetime = Metrics(*lifetime)
    member.balance = _whole(given.get("balance", 0), "balance", negative=True)
    if program.rolling_days:
        member.days = [DaySums(program.day(member.clock), *metrics)]


def _part(given: dict[str, Any], key: str) -> dict[str, Any]:
    part = given.get(key, {})
    if not isinstance(part, dict) or not part.keys() <= set(METRICS):
        raise WrongInput(f"the member: {key}: not an object of spend, orders and points_earned")
    return part


def _metrics(program: Program, given: dict[str, Any], prefix: str) -> tuple[int, int, int]:
    try:
        spend = minor_units(given.get("spend", 0), program.tables.decimals)
    except ValueError as error:
        raise WrongInput(f"the member: {prefix}spend: {error}") from None
    return spend, *(_whole(given.get(key, 0), prefix + key) for key in METRICS[1:])  # type: ignore[return-value]


def _whole(value: object, key: str, negative: bool = False) -> int:
    if type(value) is not int or (value < 0 and not negative):
        raise WrongInput(f"the member: {key}: not a whole number" + ("" if negative else " from 0 on"))
    return value


def _give_tier(program: Program, member: Customer, given: dict[str, Any]) -> None:
    """Put the member in the stated tier so that it holds: kept from before where metrics alone would not reach it,
    held down by hand where they would reach a higher one."""
    placed = member.launched and not program.excludes(member, member.clock)
    due = reachable(program, member) if placed else NO_TIER
    tier = _tier(program, given["tier"]) if "tier" in given else due
    if placed and tier > due:
        member.given = tier
        member.given_until = member.window + 1 if program.closes else None
    elif placed and tier < due:
        member.cap = tier
    member.tier = member.high = tier


def _tier(program: Program, value: object) -> int:
    if value is None:
        return NO_TIER
    if not isinstance(value, str) or value not in program.tier_of_id:
        close = get_close_matches(str(value), program.tier_of_id, 1)
        hint = f"; did you mean `{close[0]}`?" if close else ""
        raise WrongInput(f"the member: tier: the program has no tier `{value}`{hint}")
    return program.tier_of_id[value]
