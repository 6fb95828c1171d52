"""Rewrites a document as somebody else might have written it: other styles, another order, comments anywhere.

Each comment says in its text what it belongs to, so that it can be looked for there afterwards: `above`, `behind` or
at the `end` of a place, or at the `top` of the file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tiercel.compiler.layout.conditions import condition_words, spelled
from tiercel.compiler.layout.quoting import is_plain
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.tree import Kind, Mapping, Node, Scalar, Sequence
from tiercel.tests.layout.looking import Read

CONDITIONS = {"when", "retain", "contains", "customers", "orders", "items"}
RATES = {"percent", "multiplier"}
IN_FILE_ORDER = {"/customer"}
ALLOW = "tiercel: allow[no-tier]: "
MOMENT = re.compile(r"[0-9-]{10}T[0-9]{2}:[0-9]{2}")


class Scrambler:
    """Writes one document in a random style; without `comments`, in one that says nothing else either.

    With `shuffles` keys stand in any order.
    """

    def __init__(
        self, source: SourceFile, rng: random.Random, decimals: int, comments: bool, shuffles: bool
    ) -> None:
        self.source = source
        self.rng, self.decimals, self.comments, self.shuffles = rng, decimals, comments, shuffles
        self.number = 0

    def text(self, root: Mapping) -> str:
        lines = self.top()
        if self.maybe(5) and not self.comments:
            lines.append(self.flow(root, "", 0))
        else:
            lines += self.block(root, "", 0, -1)
        lines += self.empty(self.rng.choice([0, 0, 0, 1, 3]))
        mark = "\ufeff" if self.maybe(5) else ""
        return mark + self.with_ends("\n".join(lines).split("\n"))

    def with_ends(self, lines: list[str]) -> str:
        """The lines with ends as they are on some machine or, seldom, on several; none at the end of some files."""
        end = self.rng.choice(["\n", "\n", "\n", "\r\n"])
        ends = ["\n", "\r\n"] if self.maybe(5) else [end]
        text = end.join(lines[:2]) + "".join(self.rng.choice(ends) + line for line in lines[2:])
        return text + self.rng.choice([end, end, "", end * 2])

    def empty(self, count: int) -> list[str]:
        """Empty lines, though there may be a space on them: one, as more would go on with a text of several lines."""
        return [" " * self.rng.choice([0, 0, 0, 1]) for _ in range(count)]

    def space(self, *others: str) -> str:
        """What sets a value apart, where a tab may do so."""
        return self.rng.choice([" ", " ", " ", " ", "  ", "\t", " \t", *others])

    def rest(self, tabs: bool = True) -> str:
        """What is behind all else on a line, and not seen."""
        return self.rng.choice([" ", "   ", *["\t"] * tabs]) if self.maybe(4) else ""

    def top(self) -> list[str]:
        found = [self.comment("top", "") for _ in range(self.rng.randint(0, 2))] if self.comments else []
        return [
            *found,
            *(self.empty(1) if found and self.maybe(50) else []),
            *(["---"] if self.comments and self.maybe(5) else []),
        ]

    def maybe(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def comment(self, where: str, path: str, may_allow: bool = True) -> str:
        self.number += 1
        allows = may_allow and where in ("above", "behind") and self.maybe(15)
        word = ALLOW if allows else self.rng.choice(["", " "])
        return f"#{' ' if word == ALLOW else ''}{word}{where} {path or '/'} {self.number}{self.rest()}"

    def behind(self, path: str, may_allow: bool = True) -> str:
        if not self.comments or not self.maybe(12):
            return self.rest()
        return self.space("  ", "  ", "   ") + self.comment("behind", path, may_allow)

    def parts(self, node: Mapping | Sequence, path: str) -> list[tuple[Scalar | None, Node, str]]:
        if isinstance(node, Sequence):
            return [(None, item, f"{path}/{index}") for index, item in enumerate(node.items)]
        found: list[tuple[Scalar | None, Node, str]] = [
            (e.key, e.value, f"{path}/{e.key.text}") for e in node.entries
        ]
        if self.shuffles and path not in IN_FILE_ORDER:
            self.rng.shuffle(found)
        return found

    # --- block style --------------------------------------------------------------------------------------

    def block(self, node: Mapping | Sequence, path: str, column: int, outside: int) -> list[str]:
        lines: list[str] = []
        for index, (key, value, its) in enumerate(self.parts(node, path)):
            if self.comments:
                lines += self.empty(self.rng.choice([0, 0, 0, 0, 1, 2]))
                lines += self.above(its, column) if path or index else []
            lines += self.part(key, value, its, column)
        if self.comments and column > outside and self.maybe(8):
            lines += [*self.empty(self.rng.choice([0, 0, 1])), " " * column + self.comment("end", path)]
        return lines

    def above(self, path: str, column: int) -> list[str]:
        count = self.rng.choice([0, 0, 0, 0, 0, 1, 1, 2])
        return [" " * column + self.comment("above", path) for _ in range(count)]

    def part(self, key: Scalar | None, value: Node, path: str, column: int) -> list[str]:
        pad, start = " " * column, f"{self.key(key)}:" if key else "-"
        if isinstance(value, Scalar):
            first, *rest = self.scalar(
                value, path, column, self.space() if key else self.rng.choice([" ", " ", "  "])
            )
            return [pad + start + first, *rest]
        if not len(value.items if isinstance(value, Sequence) else value.entries) or self.flows(value, path):
            flow = self.flow(value, path, column)
            return (
                pad + start + (self.space() if key else " ") + flow + self.behind(path, "\n" not in flow)
            ).split("\n")
        return self.nested(pad + start, value, path, column, key is not None)

    def nested(
        self, start: str, value: Mapping | Sequence, path: str, column: int, has_key: bool
    ) -> list[str]:
        least = 0 if isinstance(value, Sequence) and has_key else 1
        inner = column + max(least, self.rng.choice([0, 1, 2, 2, 2, 3, 4]))
        if has_key:
            return [start + self.behind(path), *self.block(value, path, inner, column)]
        inner = max(inner, column + 2)
        first, *rest = self.block(value, path, inner, column)
        if first.strip() and not first.strip().startswith("#") and self.maybe(90):
            return [f"{start}{' ' * (inner - column - 1)}{first[inner:]}", *rest]
        return [start + self.rest(tabs=False), first, *rest]

    def flows(self, value: Mapping | Sequence, path: str) -> bool:
        del value
        return self.maybe(min(15 + 12 * path.count("/"), 70)) and path.count("/") > 0

    # --- flow style ---------------------------------------------------------------------------------------

    def flow(self, node: Node, path: str, column: int) -> str:
        if isinstance(node, Scalar):
            return self.flat_scalar(node, path)
        opening, closing = "{}" if isinstance(node, Mapping) else "[]"
        several = self.maybe(25)
        written = ""
        parts = self.parts(node, path)
        for index, (key, value, its) in enumerate(parts):
            written += self.gap(several, column, self.comments and its)
            written += f"{self.key(key, True)}: " if key else ""
            written += self.flow(value, its, column)
            if index + 1 < len(parts) or self.maybe(20):
                written += self.rng.choice([",", ",", " ,"])
            if several and self.comments and self.maybe(10):
                written += f"  {self.comment('behind', its, False)}\n{' ' * (column + 2)}"
        return opening + written + self.gap(several, column, False) + closing

    def gap(self, several: bool, column: int, comment: str | bool) -> str:
        if not several:
            return self.rng.choice(["", " ", " ", "  ", "\t"])
        pad = "\n" + " " * (column + self.rng.randint(1, 4))
        if comment and self.maybe(10):
            return f"{pad}{self.comment('above', str(comment), False)}{pad}"
        return self.rng.choice([" ", self.rest() + pad])

    # --- scalars ------------------------------------------------------------------------------------------

    def key(self, key: Scalar, flow: bool = False) -> str:
        return self.quoted(key.text, flow) if self.maybe(15) else key.text

    def scalar(self, scalar: Scalar, path: str, column: int, space: str) -> list[str]:
        """The lines of a value; the first goes behind its key or dash."""
        text = self.said(scalar, path)
        deep = " " * (column + self.rng.randint(1, 4))
        if scalar.kind is not Kind.TEXT:
            return [space + text + self.behind(path)]
        style = self.rng.randrange(10)
        blocky = text == text.strip() and text.isprintable()
        if style < 2 and blocky and text:
            return self.block_scalar(text, path, deep, self.is_condition(scalar, path))
        if style == 2 and " " in text and "  " not in text and is_plain(text, False):
            first, rest = text.split(" ", 1)
            if is_plain(first, False) and not rest.startswith("#"):
                return [space + first + self.rest(), deep + rest + self.behind(path)]
        written = text if style < 7 and is_plain(text, False) else self.quoted(text, False)
        if style == 3:
            return [self.rest(tabs=False), deep + written + self.behind(path)]
        return [space + written + self.behind(path)]

    def block_scalar(self, text: str, path: str, deep: str, condition: bool) -> list[str]:
        mark = self.rng.choice(["|", ">"]) + self.rng.choice(["", "+", "-"] if condition else ["-"])
        lines = [text]
        if condition:
            words = spelled(text)
            place = self.rng.randrange(1, len(words) + 1)
            lines = [" ".join(words[:place]), " ".join(words[place:])]
        return [f" {mark}{self.behind(path)}", *(deep + line for line in lines if line)]

    def flat_scalar(self, scalar: Scalar, path: str) -> str:
        text = self.said(scalar, path)
        if scalar.kind is not Kind.TEXT:
            return text
        return text if self.maybe(50) and is_plain(text, True) else self.quoted(text, True)

    def quoted(self, text: str, flow: bool) -> str:
        del flow
        if self.maybe(50) and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        escaped = "".join(self.escaped(character) for character in text)
        return f'"{escaped}"'

    def escaped(self, character: str) -> str:
        if character in '"\\':
            return f"\\{character}"
        if not character.isprintable() or (character.isascii() and self.maybe(2)):
            return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
        return character

    def said(self, scalar: Scalar, path: str) -> str:
        """The value, in other words that mean the same."""
        name = self.name(path)
        if self.is_condition(scalar, path):
            return "".join(self.spaced(spelled(scalar.text))).strip()
        if scalar.kind is Kind.DATE and MOMENT.fullmatch(scalar.text) and self.maybe(50):
            return scalar.text + ":00"
        if scalar.kind is Kind.NUMBER and self.maybe(50):
            return self.other_number(scalar.text, name, path)
        return scalar.text

    def other_number(self, text: str, name: str, path: str) -> str:
        whole, _, fraction = text.partition(".")
        rate = name in RATES or ("/points/" in path and not name.isdigit())
        most = self.decimals if name in ("per", "amount") else 4 if rate else 0
        fraction = fraction.rstrip("0").ljust(self.rng.randint(0, most), "0") if most else fraction
        return f"{whole}.{fraction}" if fraction else whole

    def spaced(self, words: list[str]) -> Iterator[str]:
        for before, word in zip(["(", *words], words, strict=False):
            needed = (before[-1].isalnum() or before[-1] in "_\"'") and (
                word[0].isalnum() or word[0] in "_\"'"
            )
            yield (" " if needed else "") + self.rng.choice(["", " "]) + word

    def is_condition(self, scalar: Scalar, path: str) -> bool:
        """Whether it may be spaced otherwise: what is no condition, where one should be, stays as it is written."""
        there = scalar.kind is Kind.TEXT and self.name(path) in CONDITIONS
        return there and condition_words(self.source, scalar) is not None

    def name(self, path: str) -> str:
        return path.rsplit("/", 1)[-1]


def scrambled(read: Read, rng: random.Random, decimals: int, *, comments: bool, shuffles: bool = True) -> str:
    """The file in another style."""
    return Scrambler(read.source, rng, decimals, comments, shuffles).text(read.document.root)
