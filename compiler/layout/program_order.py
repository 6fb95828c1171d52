"""The layout of program files: the keys in the order of the language's own tables."""

from __future__ import annotations

from typing import Final

from .forms import Items, Keys, Leaf

_WORD, _TEXT, _CONDITION = Leaf.WORD, Leaf.TEXT, Leaf.CONDITION

_COUNTED = Keys({"tax": _WORD, "shipping": _WORD, "discounts": _WORD}, flow=True)

_PROGRAM = Keys(
    {
        "name": _TEXT,
        "currency": _WORD,
        "timezone": _WORD,
        "points": Keys({"one": _TEXT, "many": _TEXT}, flow=True),
        "hosted": Keys({"platform": _WORD, "plan": _WORD}, flow=True),
    }
)

_WINDOW = Keys(
    {
        "calendar_year": (_WORD, Keys({"starts": _WORD}, flow=True)),
        "rolling": (_WORD, Keys({"days": Leaf.WHOLE}, flow=True)),
    },
    flow=True,
)

_REWARD = Keys(
    {
        "type": _WORD,
        "amount": Leaf.MONEY,
        "percent": Leaf.RATE,
        "product": _TEXT,
        "points": Leaf.WHOLE,
        "name": _TEXT,
    },
    flow=True,
)

_TIER = Keys(
    {
        "id": _WORD,
        "name": _TEXT,
        "when": _CONDITION,
        "retain": _CONDITION,
        "invite_only": _WORD,
        "entry_rewards": Items(_REWARD),
        "perks": Items(_TEXT),
    }
)

_VIP = Keys(
    {
        "launches": Leaf.MOMENT,
        "window": (_WORD, _WINDOW),
        "lasts": _WORD,
        "lapse": _WORD,
        "refunds": _WORD,
        "skipped_tiers": _WORD,
        "spend": _COUNTED,
        "notify": _WORD,
        "tiers": Items(_TIER),
    }
)

_RULE = Keys(
    {
        "id": _WORD,
        "activity": _WORD,
        "points": (Leaf.RATE, Keys({}, flow=True, others=Leaf.RATE, ladder=True)),
        "per": Leaf.MONEY,
        "round": _WORD,
        "amount": _COUNTED,
        "items": _CONDITION,
        "contains": _CONDITION,
        "tiers": Keys({"include": _WORD, "exclude": Items(_WORD, flow=True)}, flow=True),
        "when": _CONDITION,
        "active": _WORD,
        "from": Leaf.MOMENT,
        "until": Leaf.MOMENT,
        "max_points": Leaf.WHOLE,
        "limit": (_WORD, Keys({"times": Leaf.WHOLE, "days": Leaf.WHOLE, "per": _WORD}, flow=True)),
        "qualifies": _WORD,
    }
)

_CAMPAIGN = Keys({"id": _WORD, "multiplier": Leaf.RATE, "starts": Leaf.MOMENT, "ends": Leaf.MOMENT})

PROGRAM: Final = Keys(
    {
        "tiercel": Leaf.WHOLE,
        "program": _PROGRAM,
        "customer": Keys({}, others=(_WORD, Keys({"one_of": Items(_TEXT, flow=True)}, flow=True))),
        "exclude": Keys({"customers": _CONDITION, "orders": _CONDITION, "items": _CONDITION}),
        "vip": _VIP,
        "earn": Items(_RULE),
        "campaigns": Items(_CAMPAIGN),
    }
)
