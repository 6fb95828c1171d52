"""Random questions: conditions of which it is asked whether they can hold together."""

from __future__ import annotations

from hypothesis import strategies as st

from tiercel.compiler.analysis.rename import rename
from tiercel.compiler.model.condition import Constant, Reference, Term, Type

from .names import METRICS, NOWHERE, PROGRAMS, TYPES
from .terms import CONDITIONS, compared

# What axioms are about: a question that reads few names, and those of one family, is likelier to need them.
_FAMILIES = {
    "metrics": [path for path in TYPES if path.rpartition(".")[2] in METRICS],
    "orders": [path for path in TYPES if path.startswith(("order.", "item"))],
    "days": ["customer.joined", "customer.days_since_joined", "customer.birthday", "customer.referrals"],
}
_NARROWED = (Type.MONEY, Type.INTEGER, Type.DATE)


@st.composite
def narrowings(draw: st.DrawFn) -> dict[str, str]:
    """Of each name the one that stands in its place, so that few are left; at times every one for itself."""
    family = draw(st.sampled_from(["all", *_FAMILIES]))
    found: dict[str, str] = {}
    for kind in _NARROWED if family in _FAMILIES else ():
        few = [path for path in _FAMILIES[family] if TYPES[path] is kind]
        if few:
            left = draw(st.lists(st.sampled_from(few), min_size=1, max_size=3))
            every = [path for path in TYPES if TYPES[path] is kind]
            found |= {path: left[place % len(left)] for place, path in enumerate(every)}
    return found


NARROWINGS = narrowings()


@st.composite
def asked(draw: st.DrawFn) -> list[Term]:
    """Conditions of which it is asked whether they can hold together."""
    narrowing = draw(NARROWINGS)
    terms = [draw(CONDITIONS[2]) for _ in range(draw(st.integers(1, 4)))]
    return [rename(term, lambda path: narrowing.get(path, path)) for term in terms]


_COUNTED = {
    family: [path for path in _FAMILIES[family] if TYPES[path] in (Type.MONEY, Type.INTEGER)]
    for family in ("metrics", "orders")
}
_CORNERS = st.sampled_from([("==", 0), ("<=", 1), (">=", 1), (">=", 2)])


@st.composite
def corners(draw: st.DrawFn) -> list[Term]:
    """A few numbers of one family, each held near 0: where axioms decide, and nothing else."""
    counted = _COUNTED[draw(st.sampled_from(list(_COUNTED)))]
    terms: list[Term] = []
    for path in draw(st.lists(st.sampled_from(counted), min_size=2, max_size=4, unique=True)):
        operator, number = draw(_CORNERS)
        name = Reference(path, TYPES[path], NOWHERE)
        terms.append(compared(operator, name, Constant(name.type, number, NOWHERE)))
    return terms


ASKED = asked()
CORNERS = corners()
PROGRAM_NAMES = st.sampled_from(list(PROGRAMS))
