"""The parts of a short step: each takes its words, and puts what they say into the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..compiler.source import Span
from ..compiler.syntax.placed import PlacedText
from ..compiler.syntax.refusals import shown
from .tree import Path, When
from .words import BadStep, Token, tokens

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt][0-9:.]+(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?")
_UNITS = {
    unit: f"{unit.rstrip('s')}s" for one in ("day", "hour", "minute", "week") for unit in (one, f"{one}s")
}


class Phrase:
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
        """Whether there is nothing more."""
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


Part = Callable[[Phrase], None]


def nothing(_: Phrase) -> None:
    """Nothing has to follow."""


def text(what: str, *path: str) -> Part:
    """A word or a text, which goes to `path` of the event; `what` names it in messages."""

    def part(reader: Phrase) -> None:
        token = reader.take(what)
        reader.put(path, token.text, token.span)

    return part


def amount(*path: str) -> Part:
    """An amount of money."""

    def part(reader: Phrase) -> None:
        token = reader.take("an amount")
        _refuse_comma(reader, token)
        reader.put(path, _number(token, _AMOUNT, "an amount, such as `49.95`"), token.span)

    return part


def _refuse_comma(reader: Phrase, token: Token) -> None:
    """Raise `BadStep` for an amount with a comma in it: `1,000.00`, and `9,95`."""
    rest = [part.text for part in reader.tokens[reader.at : reader.at + 2]]
    last = reader.tokens[reader.at + len(rest) - 1].span
    if rest[:1] != [","] or last.end - token.span.start != len(token.text + "".join(rest)):
        return
    written = token.text + "".join(rest)
    help = "an amount has no comma; other parts of the step follow without one"
    if re.fullmatch(r"[0-9]+,[0-9.]+", written):
        bare = written.replace(",", "" if re.search(r",[0-9]{3}(?![0-9])", written) else ".")
        help = f"write the number alone: `{bare}`"
    raise BadStep(
        f"`{shown(written)}` is not an amount, such as `49.95`", Span(token.span.start, last.end), help
    )


def _number(token: Token, form: re.Pattern[str], what: str) -> str:
    if token.quoted or form.fullmatch(token.text) is None:
        raise BadStep(f"`{token.shown}` is not {what}", token.span, _help_with_number(token, form))
    return token.text


def _help_with_number(token: Token, form: re.Pattern[str]) -> str:
    bare = re.sub(r"[^0-9.]", "", token.text)
    if token.text.startswith("-"):
        return "numbers in steps are never below 0: money is given back with `returns`, points with `loses`"
    if form is _WHOLE and re.fullmatch("[0-9]+", token.text):
        return "write no more than 15 digits"
    if form.fullmatch(bare):
        return f"write the number alone: `{bare}`"
    return "write it in digits"


def texts(what: str, *path: str) -> Part:
    """Words with commas between them."""

    def part(reader: Phrase) -> None:
        found = list(reader.list(what))
        reader.put(path, [token.text for token in found], Span(found[0].span.start, found[-1].span.end))
        reader.places |= {(*path, index): token.span for index, token in enumerate(found)}

    return part


def attributes(reader: Phrase) -> None:
    """`NAME VALUE`, and more of them behind commas."""
    given: dict[str, Token] = {}
    while not given or reader.takes(","):
        name = reader.take("the name of an attribute")
        if name.text in given:
            raise BadStep(f"`{name.shown}` is given twice", name.span, "keep one of the two")
        given[name.text] = name
        value = reader.take(f"the value of `{name.shown}`")
        reader.put(("attributes", name.text), value.text, Span(name.span.start, value.span.end))


def since(reader: Phrase) -> None:
    """Since when a member."""
    token = _moment(reader)
    reader.put(("since",), token.text, token.span)


def without_signup(reader: Phrase) -> None:
    """`without signup`."""
    token = reader.take("`signup`")
    if token.text != "signup" or token.quoted:
        raise BadStep(f"`{token.shown}` is nothing to join without", token.span, "write `without signup`")
    reader.put(("signup",), False, token.span)


def _moment(reader: Phrase) -> Token:
    token = reader.take("a day or a time")
    following = reader.tokens[reader.at].text if not reader.done else ""
    if re.fullmatch(r"[0-9]{1,2}:[0-9:]+", following) and _DAY.fullmatch(token.text):
        span = Span(token.span.start, reader.tokens[reader.at].span.end)
        help = f"write `T` between them: `{token.text}T{following:0>5}`"
        raise BadStep("a day and a time are one word", span, help)
    if token.quoted or _MOMENT.fullmatch(token.text) is None:
        help = "write a day such as `2026-03-01`, or a time such as `2026-03-01T09:30`"
        raise BadStep(f"`{token.shown}` is not a day or a time", token.span, help)
    return token


def at(reader: Phrase) -> None:
    """A day or a time."""
    token = _moment(reader)
    _set_when(reader, When("at", token.text, 0, "", token.span))


def after(reader: Phrase) -> None:
    """`3 days`, from where the clock is."""
    number = reader.take("a number of days")
    amount = int(_number(number, _WHOLE, "a whole number"))
    unit = reader.take("`days`, `hours` or `minutes`")
    if unit.text not in _UNITS:
        help = "write `days`, `weeks`, `hours` or `minutes`; for years, a day: `on 2027-01-01`"
        raise BadStep(f"`{unit.shown}` is not a unit of time here", unit.span, help)
    span = Span(number.span.start, unit.span.end)
    _set_when(reader, When("after", f"{number.text} {unit.text}", amount, _UNITS[unit.text], span))


def _set_when(reader: Phrase, when: When) -> None:
    if reader.when is not None:
        raise BadStep("a step has one time, and this is a second", when.span, "keep one of the two")
    reader.when = when


def points(sign: int) -> Part:
    """`50 points`, added or with a `sign` of -1 taken."""

    def part(reader: Phrase) -> None:
        token = reader.take("how many points")
        if token.text in ("points", "point") and not reader.done:
            span = Span(token.span.start, reader.tokens[reader.at].span.end)
            help = f"write `{reader.tokens[reader.at].shown} points`"
            raise BadStep("the number stands before `points`", span, help)
        number = int(_number(token, _WHOLE, "a whole number of points"))
        reader.put(("points",), sign * number, token.span)
        if not reader.takes("points", "point"):
            span = reader.end if reader.done else reader.tokens[reader.at].span
            raise BadStep(f"`points` is missing after `{token.shown}`", span, f"write `{token.shown} points`")

    return part


def returned(reader: Phrase) -> None:
    """An amount, or `everything`."""
    if reader.takes("everything"):
        reader.everything = True
        reader.places[("order", "amount")] = reader.tokens[reader.at - 1].span
        return
    if reader.takes("all", "rest"):
        span = reader.tokens[reader.at - 1].span
        raise BadStep("all that is left is called `everything`", span, "write `returns everything`")
    amount("order", "amount")(reader)


def moved(reader: Phrase) -> None:
    """`to TIER`."""
    if not reader.takes("to"):
        span = reader.end if reader.done else reader.tokens[reader.at].span
        raise BadStep("`to` is missing after `moves`", span, "write `moves to TIER`")
    text("a tier", "tier")(reader)


def activity(reader: Phrase) -> None:
    """What a member does."""
    token = reader.take("an activity")
    if token.text == "signup":
        raise BadStep("`signup` happens when a member joins", token.span, "write `joins`")
    reader.put(("activity",), token.text, token.span)


def rows(reader: Phrase) -> None:
    """`WHO as TIER`, and more of them behind commas."""
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
