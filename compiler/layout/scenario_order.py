"""The layout of scenario files, the tests of programs. Their short steps stay as they are written."""

from __future__ import annotations

from typing import Final

from .forms import Form, Items, Keys, Leaf

_KEPT = Leaf.KEPT

_WORDS = Items(_KEPT, flow=True)
_LOOSE = Keys({}, flow=True, others=(_KEPT, _WORDS))


def _line(keys: str, **forms: Form) -> Keys:
    """A mapping on one line, with its keys in this order; of those that have no form here values are kept."""
    return Keys(
        {key: forms.get(key, _KEPT) for key in keys.split()}, flow=True, others=(_KEPT, _LOOSE, _WORDS)
    )


_METRICS = "spend orders points_earned"
_MEMBER = _line(
    f"tier balance {_METRICS} lifetime perks holds_until email exists", lifetime=_line(_METRICS), perks=_WORDS
)
_EFFECT = Keys(
    {
        "points_earned": _line("rule points base bonus campaign order"),
        "points_reversed": _line("rule points order"),
        "refund_clamped": _line("order asked taken"),
        "points_adjusted": _line("points reason"),
        "tier_changed": _line("customer from to cause note at"),
        "reward_issued": _line(
            "customer tier reward", reward=_line("type amount percent product points name")
        ),
        "notification": _line("customer about channel to"),
        "import_skipped": _line("email vip_tier reason"),
        "import_held": _line("email vip_tier"),
    },
    others=_LOOSE,
    bare_pair=True,
)
_EXPECTED = Keys(
    {
        "outcome": _KEPT,
        "reason": _KEPT,
        "effects": Items(_EFFECT),
        "exactly": Items(_EFFECT),
        "not": Items(_EFFECT, flow=True),
        "snapshot": _KEPT,
    },
    flow=True,
    others=_MEMBER,
    others_first=True,
)
_ITEM = _line(
    "line sku vendor quantity total tax discount tags collections gift_card", tags=_WORDS, collections=_WORDS
)
_ORDER = _line(
    "id total amount tax shipping discount channel country tags codes currency items",
    tags=_WORDS,
    codes=_WORDS,
    items=Items(_ITEM),
)
_EVENT = _line(
    "id type at customer email since attributes tags country signup activity order points reason tier note rows",
    at=Leaf.MOMENT,
    since=Leaf.MOMENT,
    attributes=_LOOSE,
    tags=_WORDS,
    order=_ORDER,
    rows=Items(_line("email vip_tier")),
)
_SCENARIO = Keys(
    {
        "scenario": _KEPT,
        "program": _KEPT,
        "starts": Leaf.MOMENT,
        "rows": Items(_LOOSE),
        "steps": Items((_KEPT, Keys({"expect": _EXPECTED, "event": _EVENT, "program": _KEPT}))),
    }
)

SCENARIOS: Final = Keys({"tiercel-test": _KEPT, "program": _KEPT, "scenarios": Items(_SCENARIO)})
