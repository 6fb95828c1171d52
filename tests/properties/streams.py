"""Hypothesis strategies for event streams that make things happen under a given program.

Times move on from event to event, by moments or to the next instant at which the program does something of its
own (a window begins, a clock changes, a launch, a rule's or campaign's bound); some events come late.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .clauses import Declared, maybe
from .order_events import Event, Scene, paid_orders, refunds
from .strategies import MOMENTS, TIER_IDS, tiers_of

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
STEADY_DAYS = ["01-01", "02-28", "02-29", "03-01", "12-31"]
DEEDS = ["review", "birthday", "share", "custom:quiz", "review", "custom:quiz", "custom:Quiz"]
GIVEN: dict[str, list[Any]] = {
    "boolean": [True, False],
    "integer": [0, 2, 3, -1],
    "decimal": [1.5, 0.5, 2, -1],
    "money": ["5.000", 20, "0"],
    "text": ["x", "", "y"],
    "date": ["2026-01-31", "2026-07-01"],
}


def zone_of(program: Declared) -> ZoneInfo:
    return ZoneInfo(program["program"].get("timezone", "UTC"))


def interesting(program: Declared) -> list[datetime]:
    """The instants at which something happens by itself, over three years."""
    days = set(STEADY_DAYS)
    window = program.get("vip", {}).get("window")
    if isinstance(window, dict) and "calendar_year" in window:
        days.add(window["calendar_year"]["starts"])
    moments = [*MOMENTS, "2026-03-29", "2026-10-25", "2026-11-01"]
    moments += [f"{year}-{day}" for year in (2026, 2027, 2028) for day in sorted(days)]
    return sorted({local for moment in moments if (local := parse_local(moment, zone_of(program)))})


def parse_local(moment: str, zone: ZoneInfo) -> datetime | None:
    """A local moment as an instant; none where there is no such day."""
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None


# --- time ------------------------------------------------------------------------------------------------


@st.composite
def moves(draw: st.DrawFn, scene: Scene) -> datetime:
    """The next event's time; moves the clock of the scene unless the event is late."""
    if maybe(draw, 12):
        back = [SECOND, DAY, DAY, 10 * DAY, 40 * DAY, 200 * DAY, 370 * DAY]
        return scene.clock - draw(st.sampled_from(back))
    later = [anchor for anchor in scene.anchors if anchor > scene.clock]
    if later and maybe(draw, 35):
        target = later[min(len(later) - 1, draw(st.integers(0, 6)))]
        shift = draw(st.sampled_from([timedelta(0), -SECOND, SECOND, timedelta(hours=12), -DAY, DAY]))
        scene.clock = max(scene.clock, target + shift)
    else:
        steps = [
            timedelta(0),
            SECOND,
            timedelta(hours=5),
            DAY,
            2 * DAY,
            7 * DAY,
            29 * DAY,
            30 * DAY,
            366 * DAY,
        ]
        scene.clock += draw(st.sampled_from(steps))
    return scene.clock


@st.composite
def times(draw: st.DrawFn, scene: Scene) -> str:
    """The same, as RFC 3339 text in one of several offsets."""
    instant = draw(moves(scene))
    zone = draw(st.sampled_from([zone_of(scene.program), UTC, ZoneInfo("Australia/Adelaide")]))
    text = instant.astimezone(zone).isoformat()
    if maybe(draw, 5):
        text = text[:19] + ".25" + text[19:]
    return text.replace("+00:00", "Z")


# --- what events say -------------------------------------------------------------------------------------


@st.composite
def attribute_values(draw: st.DrawFn, scene: Scene) -> Event:
    declared = scene.program.get("customer", {})
    given = {}
    for name, kind in declared.items():
        if maybe(draw, 40):
            values = kind["one_of"] if isinstance(kind, dict) else GIVEN[kind]
            given[name] = draw(st.sampled_from(values))
    if given and len(scene.events) > 1 and maybe(draw, 3):
        given[draw(st.sampled_from([*given, "unknown"]))] = draw(st.sampled_from([None, [], "other", 1.25]))
    return given


@st.composite
def profile(draw: st.DrawFn, scene: Scene) -> Event:
    """Some of attributes, tags and country."""
    given: Event = {}
    if attributes := draw(attribute_values(scene)):
        given["attributes"] = attributes
    if maybe(draw, 25):
        given["tags"] = draw(st.sampled_from([["vip"], [], ["VIP", "vip"]]))
    if maybe(draw, 20):
        given["country"] = draw(st.sampled_from(["CA", "US"]))
    return given


# --- events ----------------------------------------------------------------------------------------------


def customers(draw: st.DrawFn, scene: Scene) -> str:
    """A customer that somebody tried to enrol; rarely one unheard of."""
    known = sorted({event["customer"] for event in scene.events if event["type"] == "customer.enrolled"})
    return "c3" if not known or maybe(draw, 2) else draw(st.sampled_from(known))


def start(draw: st.DrawFn, scene: Scene, kind: str, customer: str | None = None) -> Event:
    """An event with its common keys."""
    key = customer or customers(draw, scene)
    return {"id": f"e{len(scene.events) + 1}", "type": kind, "at": draw(times(scene)), "customer": key}


def enrolment(draw: st.DrawFn, scene: Scene, customer: str | None = None) -> Event:
    event = start(draw, scene, "customer.enrolled", customer or draw(st.sampled_from(["c1", "c2"])))
    event["email"] = f"{event['customer']}@example.com" if customer else draw(st.sampled_from(scene.emails))
    if maybe(draw, 25):
        back = draw(st.sampled_from([timedelta(0), SECOND, 40 * DAY, 366 * DAY, 707 * DAY]))
        event["since"] = (
            "2024-02-29T12:00:00Z"
            if maybe(draw, 30)
            else (datetime.fromisoformat(event["at"]) - back).isoformat()
        )
    if maybe(draw, 15):
        event["signup"] = False
    return event | draw(profile(scene))


def update(draw: st.DrawFn, scene: Scene) -> Event:
    event = start(draw, scene, "customer.updated") | draw(profile(scene))
    if maybe(draw, 15):
        event["email"] = draw(st.sampled_from([*scene.emails, " C1@Example.com ", "new@example.com"]))
    return event


def payment(draw: st.DrawFn, scene: Scene) -> Event:
    event = start(draw, scene, "order.paid")
    key = f"o{len(scene.orders) + 1}"
    if scene.orders and maybe(draw, 3):
        key = draw(st.sampled_from(sorted(scene.orders)))[1]
    event["order"] = draw(paid_orders(scene, key))
    scene.orders.setdefault((event["customer"], key), event["order"])
    return event


def refunding(draw: st.DrawFn, scene: Scene) -> Event:
    if not scene.orders:
        return payment(draw, scene)
    customer, key = draw(st.sampled_from(list(scene.orders)))
    event = start(draw, scene, "order.refunded", customer)
    event["order"] = draw(refunds(scene.orders[customer, key], scene))
    return event


def deed(draw: st.DrawFn, scene: Scene) -> Event:
    event = start(draw, scene, "activity")
    return event | {"activity": draw(st.sampled_from(DEEDS))}


def adjustment(draw: st.DrawFn, scene: Scene) -> Event:
    event = start(draw, scene, "points.adjusted") | {"points": draw(st.sampled_from([5, -200, 30, -1, 5, 0]))}
    return event | {"reason": "sorry"} if maybe(draw, 50) else event


def move(draw: st.DrawFn, scene: Scene) -> Event:
    known = [tier["id"] for tier in tiers_of(scene.program)] * 3 + TIER_IDS
    event = start(draw, scene, "tier.set") | {"tier": draw(st.sampled_from(known))}
    return event | {"note": "a friend"} if maybe(draw, 30) else event


def importing(draw: st.DrawFn, scene: Scene) -> Event:
    event = start(draw, scene, "tiers.imported")
    del event["customer"]
    names = [tier["name"] for tier in tiers_of(scene.program)] * 3 + ["gold", "Gold"]
    emails = ["c1@example.com", " C1@EXAMPLE.com", "c2@example.com", "nobody@example.com"]
    row = st.fixed_dictionaries({"email": st.sampled_from(emails), "vip_tier": st.sampled_from(names)})
    return event | {"rows": draw(st.lists(row, min_size=1, max_size=3))}


def removal(draw: st.DrawFn, scene: Scene) -> Event:
    return start(draw, scene, "customer.removed")


def tick(draw: st.DrawFn, scene: Scene) -> Event:
    return start(draw, scene, "clock")


def again(draw: st.DrawFn, scene: Scene) -> Event:
    """An event sent a second time, at times with other content."""
    event = copy.deepcopy(draw(st.sampled_from(scene.events)))
    if maybe(draw, 30):
        event["at"] = scene.clock.isoformat()
    return event


MAKERS: list[Callable[[st.DrawFn, Scene], Event]] = [
    *[payment] * 11,
    *[refunding] * 7,
    *[tick] * 4,
    *[update] * 3,
    *[deed] * 2,
    *[move] * 5,
    *[importing] * 2,
    adjustment,
    again,
    enrolment,
]


@st.composite
def openings(draw: st.DrawFn, program: Declared) -> Scene:
    """A scene with the first enrolments."""
    anchors = interesting(program)
    scene = Scene(program, anchors, draw(st.sampled_from([anchors[0] + 4 * DAY, *anchors[:12]])))
    scene.events.append(enrolment(draw, scene, "c1"))
    if maybe(draw, 40):
        scene.events.append(enrolment(draw, scene, "c2"))
    return scene


@st.composite
def streams(draw: st.DrawFn, scene: Scene, most: int = 30) -> list[Event]:
    """Add events to a scene; those added."""
    before = len(scene.events)
    for _ in range(draw(st.integers(1, most))):
        if maybe(draw, 1):
            scene.events.append(removal(draw, scene))
            scene.events.append(enrolment(draw, scene))
        else:
            scene.events.append(draw(st.sampled_from(MAKERS))(draw, scene))
    return scene.events[before:]


def lines(events: Iterable[Event]) -> list[str]:
    """Events as JSON lines."""
    return [json.dumps(event, ensure_ascii=False) for event in events]
