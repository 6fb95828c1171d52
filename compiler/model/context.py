"""What the parts of a program are read against: its currency, zone and attributes, and where findings go."""

from __future__ import annotations

from collections.abc import Mapping as Table
from datetime import tzinfo

from ..diagnostics import Report
from ..node import Node, node
from ..source import SourceFile
from .tree import Attribute, Currency


@node
class Context(Node):
    """Where a value is refused, readers report it and go on with a stand-in, so that one pass finds every error.

    `tiers` gives the index of each tier id. A program with an error is thrown away in the end, stand-ins included.
    """

    source: SourceFile
    report: Report
    currency: Currency
    timezone: str
    zone: tzinfo
    attributes: tuple[Attribute, ...]
    tiers: Table[str, int]
