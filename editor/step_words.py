"""What can be written next in a short step of a scenario: who, what, and the parts that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..compiler.source import SourceFile
from ..compiler.syntax.placed import place
from ..compiler.syntax.tree import Scalar
from ..scenarios.notation import EVERYONE, IMPORT, VERBS
from ..scenarios.words import BadStep, Token, tokens
from .scenario_names import Names
from .suggestion import Sort, Suggestion

VERBS_SAID = {
    "joins": "Becomes a member.",
    "changes": "Something that is known of the member changes: `to EMAIL`, `with NAME VALUE`, `tagged TAG`, `from COUNTRY`.",
    "orders": "Pays an order of a total: `ann orders 49.95`. Its id is `ann-1`, `ann-2` and so on, or what `as` says.",
    "returns": "Gets money back for an order, the latest or the one that `of` names: an amount, or `everything`.",
    "does": "An activity, such as `review`, or one of the program's own as `custom:NAME`.",
    "gets": "Points are added by hand: `ann gets 50 points`.",
    "loses": "Points are taken away by hand: `ann loses 5 points`.",
    "moves": "Is moved to a tier by hand: `ann moves to gold`.",
    "leaves": "Is no member any more.",
    "waits": "Time goes on: `until 2027-01-01`, or `for 30 days`.",
}
_PARTS_SAID = {
    "on": "a day",
    "at": "a moment",
    "after": "a time, such as `2 days`",
    "until": "a day, or a moment",
    "for": "a time, such as `30 days`",
    "with": "the name and value of an attribute",
    "tagged": "tags",
    "from": "a country",
    "since": "a day",
    "without": "`signup`: the rules on it earn nothing",
    "tax": "an amount",
    "shipping": "an amount",
    "discount": "an amount",
    "in": "a channel",
    "using": "discount codes",
    "of": "the id of an order",
    "because": "why",
}
_SAID_OF_VERB = {
    ("joins", "as"): "an e-mail address",
    ("orders", "as"): "the id of the order",
    ("changes", "to"): "an e-mail address",
    ("orders", "to"): "a country",
}
_WITH_OBJECT = ("orders", "gets", "loses", "returns", "does", "moves")
_UNITS = ("days", "weeks", "hours", "minutes")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def verb_at(source: SourceFile, scalar: Scalar, offset: int) -> Token | None:
    """The verb of a short step, if it stands at an offset."""
    try:
        found = tokens(place(source, scalar))[1:2]
    except BadStep:
        return None
    holds = (token for token in found if token.span.start <= offset <= token.span.end)
    return next((token for token in holds if token.text in VERBS and not token.quoted), None)


def next_in_step(before: str, names: Names, known: list[str]) -> tuple[str, list[Suggestion]]:
    """What was begun at the end of a step's text, and what can stand in its place; `known` are the members."""
    *words, begun = re.split(r"\s+", before.lstrip())
    if '"' in before:
        return begun, []  # within a text, or behind one
    if not words:
        return begun, list(_who(known))
    if words[0] == IMPORT:
        return begun, []
    if len(words) == 1:
        verbs = ("waits",) if words[0] == EVERYONE else tuple(VERBS)
        return begun, [
            Suggestion(verb, Sort.OPERATOR, f"{verb} ", _first(VERBS_SAID[verb])) for verb in verbs
        ]
    return begun, list(_after(words, names)) if words[1] in VERBS else []


def _first(said: str) -> str:
    """The first sentence, without what it goes on with."""
    return re.split(r"[:.,]", said)[0].lower()


def _who(known: list[str]) -> Iterator[Suggestion]:
    yield from (Suggestion(name, Sort.NAME, f"{name} ", "a member") for name in known)
    yield Suggestion(EVERYONE, Sort.WORD, "everyone waits ", "time goes on")
    yield Suggestion(IMPORT, Sort.WORD, "import ", 'tiers are imported: `import ann as "Gold"`')


def _after(words: list[str], names: Names) -> Iterator[Suggestion]:
    """What can follow the words of a step, the verb the second of them."""
    verb, last = words[1], words[-1]
    if len(words) == 2 and verb in _WITH_OBJECT:
        yield from _objects(verb, names)
    elif words[1:] == ["moves", "to"]:
        yield from (Suggestion(tier, Sort.ID, tier, name) for tier, name in names.tiers.items())
    elif last == "with":
        yield from (Suggestion(name, Sort.NAME, f"{name} ", of) for name, of in names.attributes.items())
    elif last == "without":
        yield Suggestion("signup", Sort.WORD, "signup", "the rules on it earn nothing")
    elif _NUMBER.fullmatch(last) and words[-2] in ("after", "for"):
        yield from (Suggestion(unit, Sort.WORD, unit) for unit in _UNITS)
    elif _NUMBER.fullmatch(last) and words[-2] in ("gets", "loses"):
        yield Suggestion("points", Sort.WORD, "points")
    elif not (last in VERBS[verb].parts and len(words) > 2) and not last.endswith(","):
        yield from _parts(verb, words[2:])


def _parts(verb: str, said: list[str]) -> Iterator[Suggestion]:
    """The parts that are not there yet; of those that mean the same, none."""
    parts = VERBS[verb].parts
    there = {id(parts[word]) for word in said if word in parts}
    for word, part in parts.items():
        if id(part) not in there:
            yield Suggestion(word, Sort.OPERATOR, f"{word} ", said_of_part(verb, word))


def said_of_part(verb: str, word: str) -> str:
    """What follows a word of a step."""
    return _SAID_OF_VERB.get((verb, word)) or _PARTS_SAID[word]


def _activities(names: Names) -> Iterator[Suggestion]:
    known = ("birthday", "review", "referral", "follow", "share")
    for activity in dict.fromkeys([*names.activities, *known]):
        detail = "a rule is for it" if activity in names.activities else ""
        yield Suggestion(activity, Sort.ID, activity, detail)


def _objects(verb: str, names: Names) -> Iterator[Suggestion]:
    """What follows a verb at once, where something has to: of an amount, nothing can be said."""
    if verb == "does":
        yield from _activities(names)
    elif verb == "returns":
        yield Suggestion("everything", Sort.WORD, "everything", "what is left of the order")
    elif verb == "moves":
        yield Suggestion("to", Sort.OPERATOR, "to ", "a tier")
