"""From a short step to what happens: `nora orders 49.95 tax 4.00 on 2026-03-01`.

A step is who, what, and after that parts in any order, each begun by a word of its own. What can be said is in
the tables at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..compiler.syntax.nearest import listed, nearest
from ..compiler.syntax.placed import PlacedText
from ..compiler.syntax.refusals import shown
from .expectations import own_keys
from .phrases import (
    Part,
    Phrase,
    activity,
    after,
    amount,
    at,
    attributes,
    moved,
    nothing,
    points,
    returned,
    rows,
    since,
    text,
    texts,
    without_signup,
)  # fmt: skip
from .tree import Happening, Word
from .words import BadStep, Token

EVERYONE = "everyone"
IMPORT = "import"


class _Verb(NamedTuple):
    """What a verb means: a type of event, what comes right behind it, and the parts that can follow."""

    type: str
    first: Part
    parts: dict[str, Part]


def read_short(placed: PlacedText) -> Happening:
    """What a short step says. Raises `BadStep`."""
    reader = Phrase(placed)
    who = reader.take("who it happens to")
    if who.text == IMPORT and not who.quoted:
        return _happening(reader, None, _IMPORT)
    if reader.done and who.text in VERBS and not who.quoted:
        raise BadStep(f"who `{who.shown}` is missing", who.span, f"write `NAME {who.shown}`")
    verb = reader.take(f"what {who.shown} does")
    known = {"waits": VERBS["waits"]} if who.text == EVERYONE and not who.quoted else VERBS
    if verb.text not in known or verb.quoted:
        help = _several_words(reader) or _instead(verb.text, known)
        raise BadStep(f"`{verb.shown}` is nothing that {_can(who, known)}", verb.span, help)
    return _happening(reader, who, known[verb.text])


def _several_words(reader: Phrase) -> str | None:
    """What to do where a name was written in several words, and a verb follows."""
    words = [token.text for token in reader.tokens]
    verb = next((word for word in words[2:] if word in VERBS), None)
    if verb is None:
        return None
    name = " ".join(words[: words.index(verb)])
    return f"a name of several words stands in quotes, and the step in others: `'\"{shown(name)}\" {verb}'`"


def _can(who: Token, known: dict[str, _Verb]) -> str:
    return "a member can do" if known is VERBS else f"`{who.shown}` can do"


def _instead(word: str, known: Iterable[str]) -> str:
    words = list(known)
    found = _SAID_OTHERWISE.get(word)
    if found not in words:
        found = nearest(word, words)
    return f"did you mean `{found}`?" if found else f"known here: {listed(words)}"


def _happening(reader: Phrase, who: Token | None, verb: _Verb) -> Happening:
    if who is not None and verb.type == "customer.enrolled" and who.text in own_keys():
        message = f"`{who.shown}` is a key of `expect`, and no name that a member can have in scenarios"
        raise BadStep(message, who.span, "give the member another name")
    verb.first(reader)
    _read_parts(reader, verb.parts)
    if verb.type == "customer.updated" and not reader.body:
        raise BadStep("what changes is missing", reader.end, f"known here: {listed(verb.parts)}")
    everyone = who is not None and who.text == EVERYONE and not who.quoted
    if verb.type == "clock" and reader.when is None:
        raise BadStep("until when is missing", reader.end, "add a time: `until 2027-01-01`, or `for 30 days`")
    text = " ".join(reader.placed.text.split())
    if who is not None and not everyone:
        reader.put(("customer",), who.text, who.span)
    span = reader.placed.span(0, len(reader.placed.text))
    name = Word(who.text, who.span) if who else None
    return Happening(
        text,
        verb.type,
        name,
        reader.body,
        reader.when,
        True,
        everyone,
        reader.everything,
        reader.places,
        span,
    )


def _read_parts(reader: Phrase, known: dict[str, Part]) -> None:
    seen: dict[Part, Token] = {}
    while not reader.done:
        word = reader.tokens[reader.at]
        part = None if word.quoted else known.get(word.text)
        if part is None:
            raise BadStep(f"`{word.shown}` cannot stand here", word.span, _known_parts(word, known))
        if part in seen:
            message = f"`{word.shown}` says again what `{seen[part].shown}` says"
            raise BadStep(message, word.span, "keep one of the two")
        seen[part] = word
        reader.at += 1
        part(reader)


def _known_parts(word: Token, known: dict[str, Part]) -> str:
    if word.text == ",":
        return "a comma stands between the items of a list"
    if "for" in known and word.text.isdigit():
        return f"write `for {word.shown}`"
    near = None if word.quoted else nearest(word.text, known)
    return f"did you mean `{near}`?" if near else f"known here: {listed(known)}"


# --- what can be said ---------------------------------------------------------------------------------------

_TIME: dict[str, Part] = {"on": at, "at": at, "after": after}
_COUNTRY = text("a country", "country")
_REASON = {"because": text("why", "reason")}
_PARTS_OF_ORDER = {key: amount("order", key) for key in ("tax", "shipping", "discount")}

VERBS: dict[str, _Verb] = {
    "joins": _Verb(
        "customer.enrolled",
        nothing,
        {
            "as": text("an e-mail address", "email"),
            "with": attributes,
            "tagged": texts("a tag", "tags"),
            "from": _COUNTRY,
            "since": since,
            "without": without_signup,
            **_TIME,
        },
    ),
    "changes": _Verb(
        "customer.updated",
        nothing,
        {
            "to": text("an e-mail address", "email"),
            "with": attributes,
            "tagged": texts("a tag", "tags"),
            "from": _COUNTRY,
            **_TIME,
        },
    ),
    "orders": _Verb(
        "order.paid",
        amount("order", "total"),
        {
            "as": text("the id of the order", "order", "id"),
            **_PARTS_OF_ORDER,
            "in": text("a channel", "order", "channel"),
            "to": text("a country", "order", "country"),
            "tagged": texts("a tag", "order", "tags"),
            "using": texts("a code", "order", "codes"),
            **_TIME,
        },
    ),
    "returns": _Verb(
        "order.refunded",
        returned,
        {"of": text("the id of the order", "order", "id"), **_PARTS_OF_ORDER, **_TIME},
    ),
    "does": _Verb("activity", activity, _TIME),
    "gets": _Verb("points.adjusted", points(1), {**_REASON, **_TIME}),
    "loses": _Verb("points.adjusted", points(-1), {**_REASON, **_TIME}),
    "moves": _Verb("tier.set", moved, {"because": text("why", "note"), **_TIME}),
    "leaves": _Verb("customer.removed", nothing, _TIME),
    "waits": _Verb("clock", nothing, {"until": at, "for": after, **_TIME}),
}
_IMPORT = _Verb("tiers.imported", rows, _TIME)

# Words that other tools have for the same.
_SAID_OTHERWISE = {
    "buys": "orders", "pays": "orders", "purchases": "orders", "spends": "orders", "refunds": "returns",
    "signs": "joins", "enrols": "joins", "enrolls": "joins", "registers": "joins", "earns": "gets", "receives": "gets",
    "quits": "leaves", "updates": "changes", "becomes": "moves", "reviews": "does", "refers": "does", "shares": "does",
}  # fmt: skip
