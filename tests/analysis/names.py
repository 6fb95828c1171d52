"""Programs that differ in what decides axioms, the names that their conditions read, and how much tests try."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

from tiercel.compiler.model.condition import Type
from tiercel.compiler.model.tree import Program
from tiercel.compiler.source import Span
from tiercel.tests.properties.compiled import compile_text

FORMULAS = int(os.environ.get("TIERCEL_FORMULAS", "150"))
NOWHERE = Span(0, 0)


def budget(share: float = 1.0) -> settings:
    """How many examples a property gets: its share of `TIERCEL_FORMULAS`; the same ones unless that is set."""
    return settings(
        max_examples=max(1, round(FORMULAS * share)),
        deadline=None,
        derandomize="TIERCEL_FORMULAS" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )


# --- programs -----------------------------------------------------------------------------------------------

_ATTRIBUTES = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer:
  wholesale: boolean
  vetted: boolean
  referrals: integer
  rank: integer
  score: decimal
  ratio: decimal
  owed: money
  note: text
  city: text
  birthday: date
  wedding: date
  level: {one_of: [red, blue, green]}
  size: {one_of: [s, m]}
"""
_TIERS = "  tiers:\n    - {id: a, name: A}\n"


def _program(vip: str) -> Program:
    return compile_text(_ATTRIBUTES + vip)[0]


PROGRAMS: dict[str, Program] = {
    "no tiers": _program(""),
    "all time": _program("vip:\n  window: lifetime\n" + _TIERS),
    "all time, refunds ignored": _program("vip:\n  window: lifetime\n  refunds: ignore\n" + _TIERS),
    "by year": _program("vip:\n  window: calendar_year\n" + _TIERS),
    "by year, refunds ignored": _program("vip:\n  window: calendar_year\n  refunds: ignore\n" + _TIERS),
}
CHOICES = {"customer.level": ("red", "blue", "green"), "customer.size": ("s", "m")}

# --- names --------------------------------------------------------------------------------------------------

METRICS = {"spend": Type.MONEY, "orders": Type.INTEGER, "points_earned": Type.INTEGER}
_ITEM = {
    "total": Type.MONEY,
    "tax": Type.MONEY,
    "discount": Type.MONEY,
    "quantity": Type.INTEGER,
    "sku": Type.TEXT,
    "vendor": Type.TEXT,
    "tags": Type.TEXT_SET,
    "gift_card": Type.BOOLEAN,
}
_OTHERS = {
    "customer.tags": Type.TEXT_SET,
    "customer.country": Type.TEXT,
    "customer.joined": Type.DATE,
    "customer.days_since_joined": Type.INTEGER,
    "customer.wholesale": Type.BOOLEAN,
    "customer.vetted": Type.BOOLEAN,
    "customer.referrals": Type.INTEGER,
    "customer.rank": Type.INTEGER,
    "customer.score": Type.DECIMAL,
    "customer.ratio": Type.DECIMAL,
    "customer.owed": Type.MONEY,
    "customer.note": Type.TEXT,
    "customer.city": Type.TEXT,
    "customer.birthday": Type.DATE,
    "customer.wedding": Type.DATE,
    "customer.level": Type.ONE_OF,
    "customer.size": Type.ONE_OF,
    "order.total": Type.MONEY,
    "order.tax": Type.MONEY,
    "order.shipping": Type.MONEY,
    "order.discount": Type.MONEY,
    "order.units": Type.INTEGER,
    "order.channel": Type.TEXT,
    "order.country": Type.TEXT,
    "order.codes": Type.TEXT_SET,
}
# Lints ask of the window before this one, and of several items of one order, under names of their own.
_SCOPES = ("", "lifetime.", "previous.")
ITEMS = ("item", "item2")
TYPES: dict[str, Type] = {
    **{scope + name: kind for scope in _SCOPES for name, kind in METRICS.items()},
    **_OTHERS,
    **{f"{item}.{name}": kind for item in ITEMS for name, kind in _ITEM.items()},
}
COUNTRIES = ("customer.country", "order.country")
