"""The conditions of two versions over one space: the same customers and orders as each version sees them.

An attribute that both declare alike is one variable. Of a `one_of` with other values, a version takes a value that it
does not admit, and one that was not given, for its first one; an attribute of another type is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from ..analysis.axioms import LIFETIME, METRICS, Setting, setting_of
from ..analysis.decide import Decider, program_terms
from ..analysis.evaluate import Value
from ..model.condition import (
    Among,
    And,
    Comparison,
    Constant,
    Has,
    Negative,
    Not,
    Or,
    Product,
    Reference,
    Sum,
    Term,
    Type,
    references,
)
from ..model.tree import Attribute, Program
from ..source import Span

NOT_GIVEN = ""
ALL_NODES = 1_000_000  # a comparison asks more than lints do, and is worth waiting for
_NOWHERE = Span(0, 0)
OTHER = "@new"  # stands behind the name of an attribute that has another type in the new version


class Side:
    """One version's view of the space."""

    def __init__(self, program: Program, other: Program, is_new: bool) -> None:
        self.program = program
        self._is_new = is_new
        self._own = _attributes(program)
        self._others = _attributes(other)
        self._terms: dict[int, tuple[Term, Term]] = {}

    def term(self, term: Term) -> Term:
        """A term of the program over the space of both. Asked again, the same one."""
        known = self._terms.get(id(term))
        if known is None:
            known = self._terms[id(term)] = (term, self._shared(term) if self._differs else term)
        return known[1]

    @cached_property
    def _differs(self) -> bool:
        return any(
            (other.type, other.values) != (own.type, own.values)
            for path, own in self._own.items()
            if (other := self._others.get(path))
        )

    def _shared(self, term: Term) -> Term:
        match term:
            case Constant():
                return term
            case Reference():
                return replace(term, path=self.path(term.path))
            case Comparison(left=Reference(type=Type.ONE_OF) as name, right=Constant() as literal):
                return self._one_of(name, (literal,), term.operator == "!=", term)
            case Comparison(left=Constant() as literal, right=Reference(type=Type.ONE_OF) as name):
                return self._one_of(name, (literal,), term.operator == "!=", term)
            case Among(operand=Reference(type=Type.ONE_OF) as name):
                return self._one_of(name, term.values, term.negated, term)
            case Negative() | Product() | Among() | Not():
                return replace(term, operand=self._shared(term.operand))
            case Has():
                return term
            case Sum() | Comparison():
                return replace(term, left=self._shared(term.left), right=self._shared(term.right))
            case And() | Or():
                return replace(term, parts=tuple(self._shared(part) for part in term.parts))

    def path(self, path: str) -> str:
        """The name in the space of both."""
        own, other = self._own.get(path), self._others.get(path)
        apart = own is not None and other is not None and own.type is not other.type
        return path + OTHER if apart and self._is_new else path

    def _one_of(self, name: Reference, values: tuple[Constant, ...], negated: bool, term: Term) -> Term:
        """`name in values`, where values that this version does not admit count as its first one."""
        texts = [str(value.value) for value in values]
        admitted = self._own[name.path].values
        if admitted[0] in texts:
            texts += [
                text for text in choices_of(self.program, self._others)[name.path] if text not in admitted
            ]
        literals = tuple(Constant(Type.ONE_OF, text, _NOWHERE) for text in dict.fromkeys(texts))
        return Among(negated, replace(name, path=self.path(name.path)), literals, term.span)

    def values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Values by the names of the space, as this version's own terms read them."""
        found = dict(values)
        for path, own in self._own.items():
            if self.path(path) in values:
                found[path] = values[self.path(path)]
                if own.values and found[path] not in own.values:
                    found[path] = own.values[0]
        return found


class Both:
    """Two versions, and what can be asked of both."""

    def __init__(self, old: Program, new: Program) -> None:
        self.old, self.new = Side(old, new, is_new=False), Side(new, old, is_new=True)
        self.setting = _setting(setting_of(old), setting_of(new))
        terms = [side.term(t) for side in (self.old, self.new) for t in program_terms(side.program)]
        choices = choices_of(old, _attributes(new))
        choices |= {self.new.path(p): v for p, v in choices_of(new, _attributes(old)).items()}
        self.decider = Decider(terms, choices, self.setting)
        self.decider.left = ALL_NODES

    def assumed(self, names: Iterable[Reference]) -> tuple[str, ...]:
        """What holds between the names, in words."""
        read = list({name.path: name for name in names}.values())
        counted = [n.path for n in read if n.path.removeprefix(LIFETIME) in METRICS]
        never = (
            [f"{_listed(counted)} {'is' if len(counted) == 1 else 'are'} never negative"] if counted else []
        )
        same = [path for path in counted if path in self.decider.space.same]
        together = (
            [f"the window is all time: {_listed(same)} and the same over the window are equal"]
            if same
            else []
        )
        says = dict.fromkeys(axiom.says for axiom in self.decider.axioms_of(read))
        return (*never, *together, *says)


def _listed(paths: list[str]) -> str:
    *head, last = paths
    return f"{', '.join(head)} and {last}" if head else last


def _setting(old: Setting, new: Setting) -> Setting:
    """What holds in both versions."""
    return Setting(old.part_of_lifetime and new.part_of_lifetime, old.all_time and new.all_time)


def _attributes(program: Program) -> dict[str, Attribute]:
    return {f"customer.{attribute.name}": attribute for attribute in program.attributes}


def choices_of(program: Program, others: Mapping[str, Attribute]) -> dict[str, tuple[str, ...]]:
    """The values of each `one_of`; where the other version has other ones, those of both, and none given."""
    found: dict[str, tuple[str, ...]] = {}
    for path, own in _attributes(program).items():
        other = others.get(path)
        if own.values and other and other.values and other.values != own.values:
            found[path] = (NOT_GIVEN, *sorted({*own.values, *other.values}))
        elif own.values:
            found[path] = own.values
    return found


def read_by(terms: Iterable[Term]) -> list[Reference]:
    """The names that terms read, each once."""
    return list({name.path: name for term in terms for name in references(term)}.values())
