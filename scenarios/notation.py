"""From a short step to what happens: `nora orders 49.95 tax 4.00 on 2026-03-01`.

A step is who, what, and after that parts in any order, each begun by a word of its own. What can be said is in
the tables at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..compiler.source import Span
from ..compiler.syntax.nearest import listed, nearest
from ..compiler.syntax.placed import PlacedText
from .tree import Happening, Path, When, Word
from .words import BadStep, Token, tokens

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt][0-9:.]+(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?")
_UNITS = {
    unit: f"{unit.rstrip('s')}s" for one in ("day", "hour", "minute", "week") for unit in (one, f"{one}s")
}
EVERYONE = "everyone"
IMPORT = "import"


class _Reader:
    """Reads the tokens of one step from left to right, and gathers the event."""

    def __init__(self, placed: PlacedText) -> None:
        self.placed = placed
        self.tokens = tokens(placed)
        self.at = 0
        self.body: dict[str, Any] = {}
        self.places: dict[Path, Span] = {}
        self.when: When | None = None
        self.everything = False

    @property
    def end(self) -> Span:
        """Right behind the last token: where something is missing."""
        return self.placed.span(len(self.placed.text), len(self.placed.text))

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def take(self, what: str) -> Token:
        """The next token, which has to be a word or a text. Raises `BadStep` where there is none."""
        if self.done or (self.tokens[self.at].text == "," and not self.tokens[self.at].quoted):
            before = self.tokens[self.at - 1].shown if self.at else "the dash"
            span = self.end if self.done else self.tokens[self.at].span
            raise BadStep(f"{what} is missing after `{before}`", span)
        self.at += 1
        return self.tokens[self.at - 1]

    def takes(self, *words: str) -> bool:
        """Whether the next token is one of these words; then it is taken."""
        found = not self.done and not self.tokens[self.at].quoted and self.tokens[self.at].text in words
        self.at += found
        return found

    def put(self, path: Path, value: Any, span: Span) -> None:
        """Set a part of the event, and note where it stands."""
        target = self.body
        for key in path[:-1]:
            target = target.setdefault(str(key), {})
        target[str(path[-1])] = value
        self.places[path] = span

    def list(self, what: str) -> Iterable[Token]:
        """Words with commas between them."""
        yield self.take(what)
        while self.takes(","):
            yield self.take(what)


Part = Callable[[_Reader], None]


class _Verb(NamedTuple):
    """What a verb means: a type of event, what comes right behind it, and the parts that can follow."""

    type: str
    first: Part
    parts: dict[str, Part]


def read_short(placed: PlacedText) -> Happening:
    """What a short step says. Raises `BadStep`."""
    reader = _Reader(placed)
    who = reader.take("who it happens to")
    if who.text == IMPORT and not who.quoted:
        return _happening(reader, None, _IMPORT)
    verb = reader.take(f"what {who.shown} does")
    known = {"waits": VERBS["waits"]} if who.text == EVERYONE and not who.quoted else VERBS
    if verb.text not in known or verb.quoted:
        raise BadStep(
            f"`{verb.shown}` is nothing that {_can(who, known)}", verb.span, _instead(verb.text, known)
        )
    return _happening(reader, who, known[verb.text])


def _can(who: Token, known: dict[str, _Verb]) -> str:
    return "a member can do" if known is VERBS else f"`{who.shown}` can do"


def _instead(word: str, known: Iterable[str]) -> str:
    words = list(known)
    found = _SAID_OTHERWISE.get(word)
    if found not in words:
        found = nearest(word, words)
    return f"did you mean `{found}`?" if found else f"known here: {listed(words)}"


def _happening(reader: _Reader, who: Token | None, verb: _Verb) -> Happening:
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


def _read_parts(reader: _Reader, known: dict[str, Part]) -> None:
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
    near = None if word.quoted else nearest(word.text, known)
    return f"did you mean `{near}`?" if near else f"known here: {listed(known)}"


# --- parts --------------------------------------------------------------------------------------------------


def _nothing(_: _Reader) -> None:
    return


def _text(what: str, *path: str) -> Part:
    def part(reader: _Reader) -> None:
        token = reader.take(what)
        reader.put(path, token.text, token.span)

    return part


def _amount(*path: str) -> Part:
    def part(reader: _Reader) -> None:
        token = reader.take("an amount")
        reader.put(path, _number(token, _AMOUNT, "an amount, such as `49.95`"), token.span)

    return part


def _number(token: Token, form: re.Pattern[str], what: str) -> str:
    if token.quoted or form.fullmatch(token.text) is None:
        bare = re.sub(r"[^0-9.]", "", token.text)
        help = (
            f"write the number alone: `{bare}`"
            if form.fullmatch(bare) and not token.text.startswith("-")
            else None
        )
        raise BadStep(f"`{token.shown}` is not {what}", token.span, help)
    return token.text


def _texts(what: str, *path: str) -> Part:
    def part(reader: _Reader) -> None:
        found = list(reader.list(what))
        reader.put(path, [token.text for token in found], Span(found[0].span.start, found[-1].span.end))
        reader.places |= {(*path, index): token.span for index, token in enumerate(found)}

    return part


def _attributes(reader: _Reader) -> None:
    given: dict[str, Token] = {}
    while not given or reader.takes(","):
        name = reader.take("the name of an attribute")
        if name.text in given:
            raise BadStep(f"`{name.shown}` is given twice", name.span, "keep one of the two")
        given[name.text] = name
        value = reader.take(f"the value of `{name.shown}`")
        reader.put(("attributes", name.text), value.text, Span(name.span.start, value.span.end))


def _since(reader: _Reader) -> None:
    token = _moment(reader)
    reader.put(("since",), token.text, token.span)


def _without_signup(reader: _Reader) -> None:
    token = reader.take("`signup`")
    if token.text != "signup" or token.quoted:
        raise BadStep(f"`{token.shown}` is nothing to join without", token.span, "write `without signup`")
    reader.put(("signup",), False, token.span)


def _moment(reader: _Reader) -> Token:
    token = reader.take("a day or a time")
    if token.quoted or _MOMENT.fullmatch(token.text) is None:
        help = "write a day such as `2026-03-01`, or a time such as `2026-03-01T09:30`"
        raise BadStep(f"`{token.shown}` is not a day or a time", token.span, help)
    return token


def _at(reader: _Reader) -> None:
    token = _moment(reader)
    _set_when(reader, When("at", token.text, 0, "", token.span))


def _after(reader: _Reader) -> None:
    number = reader.take("a number of days")
    amount = int(_number(number, _WHOLE, "a whole number"))
    unit = reader.take("`days`, `hours` or `minutes`")
    if unit.text not in _UNITS:
        help = "write `days`, `weeks`, `hours` or `minutes`; for years, a day: `on 2027-01-01`"
        raise BadStep(f"`{unit.shown}` is not a unit of time here", unit.span, help)
    span = Span(number.span.start, unit.span.end)
    _set_when(reader, When("after", f"{number.text} {unit.text}", amount, _UNITS[unit.text], span))


def _set_when(reader: _Reader, when: When) -> None:
    if reader.when is not None:
        raise BadStep("a step has one time, and this is a second", when.span, "keep one of the two")
    reader.when = when


def _points(sign: int) -> Part:
    def part(reader: _Reader) -> None:
        token = reader.take("how many points")
        number = int(_number(token, _WHOLE, "a whole number of points"))
        reader.put(("points",), sign * number, token.span)
        if not reader.takes("points", "point"):
            span = reader.end if reader.done else reader.tokens[reader.at].span
            raise BadStep(f"`points` is missing after `{token.shown}`", span, f"write `{token.shown} points`")

    return part


def _returned(reader: _Reader) -> None:
    if reader.takes("everything"):
        reader.everything = True
        reader.places[("order", "amount")] = reader.tokens[reader.at - 1].span
        return
    _amount("order", "amount")(reader)


def _moved(reader: _Reader) -> None:
    if not reader.takes("to"):
        span = reader.end if reader.done else reader.tokens[reader.at].span
        raise BadStep("`to` is missing after `moves`", span, "write `moves to TIER`")
    _text("a tier", "tier")(reader)


def _activity(reader: _Reader) -> None:
    token = reader.take("an activity")
    if token.text == "signup":
        raise BadStep("`signup` happens when a member joins", token.span, "write `joins`")
    reader.put(("activity",), token.text, token.span)


def _rows(reader: _Reader) -> None:
    rows: list[dict[str, str]] = []
    while not rows or reader.takes(","):
        who = reader.take("a member")
        if not reader.takes("as"):
            span = reader.end if reader.done else reader.tokens[reader.at].span
            raise BadStep(
                f"`as` is missing after `{who.shown}`", span, f'write `{who.shown} as "NAME OF THE TIER"`'
            )
        tier = reader.take("the name of a tier")
        index = len(rows)
        reader.places[("rows", index, "email")] = who.span
        reader.places[("rows", index, "vip_tier")] = tier.span
        rows.append({"email": who.text, "vip_tier": tier.text})
    reader.body["rows"] = rows


# --- what can be said ---------------------------------------------------------------------------------------

_TIME: dict[str, Part] = {"on": _at, "at": _at, "after": _after}
_COUNTRY = _text("a country", "country")
_REASON = {"because": _text("why", "reason")}
_PARTS_OF_ORDER = {key: _amount("order", key) for key in ("tax", "shipping", "discount")}

VERBS: dict[str, _Verb] = {
    "joins": _Verb(
        "customer.enrolled",
        _nothing,
        {
            "as": _text("an e-mail address", "email"),
            "with": _attributes,
            "tagged": _texts("a tag", "tags"),
            "from": _COUNTRY,
            "since": _since,
            "without": _without_signup,
            **_TIME,
        },
    ),
    "changes": _Verb(
        "customer.updated",
        _nothing,
        {
            "to": _text("an e-mail address", "email"),
            "with": _attributes,
            "tagged": _texts("a tag", "tags"),
            "from": _COUNTRY,
            **_TIME,
        },
    ),
    "orders": _Verb(
        "order.paid",
        _amount("order", "total"),
        {
            "as": _text("the id of the order", "order", "id"),
            **_PARTS_OF_ORDER,
            "in": _text("a channel", "order", "channel"),
            "to": _text("a country", "order", "country"),
            "tagged": _texts("a tag", "order", "tags"),
            "using": _texts("a code", "order", "codes"),
            **_TIME,
        },
    ),
    "returns": _Verb(
        "order.refunded",
        _returned,
        {"of": _text("the id of the order", "order", "id"), **_PARTS_OF_ORDER, **_TIME},
    ),
    "does": _Verb("activity", _activity, _TIME),
    "gets": _Verb("points.adjusted", _points(1), {**_REASON, **_TIME}),
    "loses": _Verb("points.adjusted", _points(-1), {**_REASON, **_TIME}),
    "moves": _Verb("tier.set", _moved, {"because": _text("why", "note"), **_TIME}),
    "leaves": _Verb("customer.removed", _nothing, _TIME),
    "waits": _Verb("clock", _nothing, {"until": _at, "for": _after, **_TIME}),
}
_IMPORT = _Verb("tiers.imported", _rows, _TIME)

# Words that other tools have for the same.
_SAID_OTHERWISE = {
    "buys": "orders", "pays": "orders", "purchases": "orders", "spends": "orders", "refunds": "returns",
    "signs": "joins", "enrols": "joins", "enrolls": "joins", "registers": "joins", "earns": "gets", "receives": "gets",
    "quits": "leaves", "updates": "changes", "becomes": "moves", "reviews": "does", "refers": "does", "shares": "does",
}  # fmt: skip
