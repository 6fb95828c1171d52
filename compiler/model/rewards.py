"""The entry rewards of a tier."""

from __future__ import annotations

from ..syntax.tree import Mapping, Scalar
from .context import Context
from .names import read_name
from .quantities import money, percent, whole
from .shaped import required, scalar
from .tree import Reward


def read_reward(node: Mapping, context: Context) -> Reward:
    """Read one reward: its type, that type's value, and the name that it may have."""
    name, product = scalar(node, "name"), scalar(node, "product")
    amount, share, points = scalar(node, "amount"), scalar(node, "percent"), scalar(node, "points")
    report = context.report
    return Reward(
        node=node,
        type=required(node, "type").text,
        name=None if name is None else read_name(name, report),
        amount=None if amount is None else money(amount, context.currency, report),
        percent=None if share is None else percent(share, report),
        product=None if product is None else _read_product(product, context),
        points=None if points is None else whole(points, report),
    )


def _read_product(product: Scalar, context: Context) -> str:
    if not product.text.strip():
        context.report.error("bad-value", product.span, "a product cannot be blank")
    return product.text
