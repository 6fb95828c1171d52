"""The layout of scenario files, the tests of programs. Their short steps stay as they are written."""

from __future__ import annotations

from typing import Final

from .forms import Items, Keys, Leaf

_KEPT = Leaf.KEPT

_WORDS = Items(_KEPT, flow=True)
_INNERMOST = Keys({}, flow=True, others=(_KEPT, _WORDS))
_INSIDE = Keys({}, flow=True, others=(_KEPT, _INNERMOST, _WORDS))
_EFFECT = Keys({}, others=_INSIDE, bare_pair=True)
_EXPECTED = Keys(
    {
        "outcome": _KEPT,
        "reason": _KEPT,
        "effects": Items(_EFFECT),
        "exactly": Items(_EFFECT),
        "not": Items(_EFFECT, flow=True),
    },
    flow=True,
    others=_INSIDE,
    others_first=True,
)
_EVENT = Keys(
    {
        "id": _KEPT,
        "type": _KEPT,
        "customer": _KEPT,
        "at": Leaf.MOMENT,
        "order": Keys({"id": _KEPT}, flow=True, others=(_KEPT, Items(_INSIDE))),
    },
    flow=True,
    others=(_KEPT, _INSIDE, _WORDS),
)
_SCENARIO = Keys(
    {
        "scenario": _KEPT,
        "program": _KEPT,
        "starts": Leaf.MOMENT,
        "rows": Items(_INSIDE),
        "steps": Items((_KEPT, Keys({"expect": _EXPECTED, "event": _EVENT}))),
    }
)

SCENARIOS: Final = Keys({"tiercel-test": _KEPT, "program": _KEPT, "scenarios": Items(_SCENARIO)})
