"""The `program` section: name, currency, time zone, what a point is called, and where the program is hosted."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import cache
from pathlib import Path

from ...runtime.instants import zone
from ..diagnostics import Report
from ..node import Node, node
from ..syntax.nearest import clearly, nearest, suggestion
from ..syntax.tree import Mapping, Scalar
from .currencies import currencies
from .excerpts import shortened
from .mending import write
from .names import read_name
from .shaped import mapping, required, scalar
from .tree import Currency, Hosted

# No currency has more decimals, so nothing is refused for those of one that is not known.
_STAND_IN = Currency("XXX", 4)


@node
class Settings(Node):
    """What `program` says; `zone` is the one that `timezone` names."""

    name: str
    currency: Currency
    timezone: str
    zone: tzinfo
    points: tuple[str, str]
    hosted: Hosted | None


def read_settings(node: Mapping, report: Report) -> Settings:
    """Read `program`, with its defaults."""
    written = scalar(node, "timezone")
    zone_name, tz = ("UTC", UTC) if written is None else _read_zone(written, report)
    return Settings(
        name=read_name(required(node, "name"), report),
        currency=_read_currency(required(node, "currency"), report),
        timezone=zone_name,
        zone=tz,
        points=_read_points(mapping(node, "points"), report),
        hosted=_read_hosted(mapping(node, "hosted")),
    )


def _read_currency(code: Scalar, report: Report) -> Currency:
    found = currencies().get(code.text)
    if found is not None:
        return found
    help = suggestion(code.text, currencies()) or "write the three letters of an ISO 4217 code, such as `CAD`"
    upper = code.text.strip().upper()
    fixes = [write(code.span, upper)] if upper in currencies() else []
    message = f"{shortened(code.text)} is not the code of a currency"
    report.error("bad-value", code.span, message, help=help, fixes=fixes)
    return _STAND_IN


def _read_zone(written: Scalar, report: Report) -> tuple[str, tzinfo]:
    # Only listed names are looked up: a zone is read from a path that is made of its name.
    if written.text in _zone_names():
        return written.text, zone(written.text)
    help = _zone_help(written.text, _zone_names())
    meant = _zone_meant(written.text, _zone_names())
    fixes = [write(written.span, meant)] if meant else []
    message = f"{shortened(written.text)} is not a time zone"
    report.error("bad-value", written.span, message, help=help, fixes=fixes)
    return "UTC", UTC


@cache
def _zone_names() -> frozenset[str]:
    import tzdata  # type: ignore[import-untyped]

    # Read as a file, since importing importlib.resources takes as long as all the rest of this pass. Of the dependency, not of the machine: what is a zone must not depend on where a program is checked.
    listed = Path(tzdata.__file__).with_name("zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {"Factory"}  # what a machine is in before anyone chose its zone


def _zone_help(text: str, names: frozenset[str]) -> str:
    by_city = {name.rpartition("/")[2]: name for name in sorted(names, reverse=True) if "/" in name}
    found = by_city.get(text.replace(" ", "_").title()) or nearest(text, sorted(names))
    if found is not None:
        return f"did you mean `{found}`?"
    return "write the name of an IANA zone, such as `America/Toronto`"


def _zone_meant(text: str, names: frozenset[str]) -> str | None:
    """The zone that is spelled otherwise, or of which the city is named and no other zone has one of that name."""
    cities = [name for name in names if name.rpartition("/")[2] == text.strip().replace(" ", "_").title()]
    return cities[0] if len(cities) == 1 else clearly(text.strip(), sorted(names))


def _read_points(node: Mapping | None, report: Report) -> tuple[str, str]:
    if node is None:
        return "point", "points"
    return read_name(required(node, "one"), report), read_name(required(node, "many"), report)


def _read_hosted(node: Mapping | None) -> Hosted | None:
    if node is None:
        return None
    return Hosted(node, required(node, "platform").text, required(node, "plan").text)
