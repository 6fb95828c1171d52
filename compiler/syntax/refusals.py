"""What valid YAML may not say in a program file: the wording and the place of each refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingABC

from ..diagnostics import Label, Report
from ..source import Span
from .tree import Entry, Kind, Node, Scalar

# Keys whose values are conditions: text that often begins as YAML's own constructs do.
CONDITION_KEYS = frozenset({"when", "retain", "contains", "customers", "orders", "items"})

_BLANK = re.compile(r"(?:\s|#[^\r\n]*)*")
_PROPERTY = re.compile(r"[&!](?:<[^>\s]*>|[^\s,\[\]{}]*)")
_PLAIN_OF = {
    "yes": "true", "on": "true", "y": "true", "true": "true", "no": "false", "off": "false", "n": "false", "false": "false",
}  # fmt: skip


class Refusals:
    """Reports what is refused in one file, and remembers where: one cause, one diagnostic."""

    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report
        self._spans: set[Span] = set()

    def top(self, root: Node | None, kind: str, begins: str) -> None:
        """The document is no mapping, or there is none."""
        if root is not None and root.span in self._spans and root.span.start < root.span.end:
            return
        empty = root is None or root.span.start == root.span.end
        message = "the file declares nothing" if empty else f"{kind} has to be keys with values at its top"
        span = root.span if root else Span(0, 0)
        self._error("wrong-type", span, message, begins)

    def second_document(self, span: Span) -> None:
        """A further `---`."""
        message = "a file holds one document, and this line begins a second"
        self._error("yaml-feature", span, message, "delete it, or move what follows to a file of its own")

    def tag_directive(self, document: Span) -> None:
        """A `%TAG` before the document that begins there."""
        start = max(self._text.find("%TAG", document.start), 0)
        self._error(
            "yaml-feature", Span(start, start + 4), "tags are not part of the language", "delete the line"
        )

    def too_large(self, span: Span, message: str) -> None:
        """More nesting or more nodes than a program can need."""
        self._error("too-large", span, message, "look for brackets or dashes that were not meant")

    def alias(self, span: Span, key: Scalar | None) -> None:
        """`*name`."""
        help = _quote_condition(key, "*") or "write the value out where it is needed"
        self._error("yaml-feature", span, "aliases are not part of the language", help)

    def properties(self, span: Span, key: Scalar | None) -> tuple[Span, Span]:
        """The tags and anchors before a node: the place of the first, and the node's span without them."""
        start, stop = span
        places = []
        while start < stop and (found := _PROPERTY.match(self._text, start)):
            mark = found[0][0]
            what = "tags" if mark == "!" else "anchors"
            help = _quote_condition(key, mark) or f"delete `{shown(found[0])}`"
            places.append(Span(*found.span()))
            self._error("yaml-feature", places[-1], f"{what} are not part of the language", help)
            start = self._after_blank(found.end())
        return places[0] if places else span, Span(min(start, stop), stop)

    def ambiguous(self, value: str, span: Span, as_key: bool) -> None:
        """A scalar on which YAML 1.1 and 1.2 disagree; `<<` as a key is a merge."""
        if value == "<<" and as_key:
            message, help = (
                "merge keys are not part of the language",
                "write the keys out where they are needed",
            )
            self._error("yaml-feature", span, message, help)
            return
        message = f"`{shown(value)}` without quotes is read in different ways by different readers of YAML"
        self._error("ambiguous-scalar", span, message, _instead_of(value))

    def empty(self, span: Span, key: Scalar | None, in_list: bool) -> Span:
        """A value that is not there; the span at which it is reported: its key, or its dash."""
        if in_list:
            place = Span(max(span.start - 1, 0), span.start)
            self._error("wrong-type", place, "this item is empty", "write a value, or delete the item")
            return place
        if key is None:
            self._error(
                "wrong-type", span, "a key is missing before this colon", "write one, or delete the line"
            )
            return span
        self._error("wrong-type", key.span, f"`{shown(key.text)}` has no value", _value_for(key.text))
        return key.span

    def empty_block(self, span: Span, key: Scalar | None) -> None:
        """A `|` or `>` with no lines."""
        mark = self._text[span.start]
        help = _quote_condition(key, mark) or "indent its lines below it, or leave the key out"
        self._error("wrong-type", span, f"no text follows this `{mark}`", help)

    def key(self, node: Node, known: MappingABC[str, Entry]) -> bool:
        """Whether the node cannot be a further key beside the known ones; then it has been reported."""
        if node.span in self._spans:
            return True
        if not isinstance(node, Scalar):
            message = "a key has to be text, not a list or further keys"
            self._error("wrong-type", node.span, message, "write a condition or a name in quotes")
        elif node.kind is not Kind.TEXT:
            message = f"a key has to be text, and `{shown(node.text)}` is a {node.kind.value}"
            self._error("wrong-type", node.span, message, "write it in quotes, or as a name")
        elif node.text in known:
            label = Label(known[node.text].key.span, "first given here")
            message = f"the key `{shown(node.text)}` is given twice"
            self._error("duplicate-key", node.span, message, "keep one of the two", label)
        return node.span in self._spans

    def _error(self, name: str, span: Span, message: str, help: str, *labels: Label) -> None:
        if span not in self._spans:
            self._spans.add(span)
            self._report.error(name, span, message, labels=labels, help=help)

    def _after_blank(self, offset: int) -> int:
        found = _BLANK.match(self._text, offset)
        return found.end() if found else offset


def shown(text: str) -> str:
    """User's input as a message can hold it: on one line, printable, not too long, without a backtick."""
    line = "".join(c if c.isprintable() else " " for c in text[:61]).replace("`", "'")
    return line if len(line) <= 60 else line[:57] + "..."


def _quote_condition(key: Scalar | None, mark: str) -> str | None:
    if key is None or key.text not in CONDITION_KEYS:
        return None
    instead = ", and write `not` for `!`" if mark == "!" else ""
    return f"write the condition in quotes, since `{mark}` at its beginning belongs to YAML{instead}"


def _instead_of(value: str) -> str:
    truth = _PLAIN_OF.get(value.lower())
    if truth:
        return f'write it in quotes if it is text (`"{value}"`), or `{truth}`'
    if value.lower() in ("~", "null"):
        return "leave the key out, or write it in quotes if it is text"
    if value[0] in "+-.0123456789":
        return f'write it in quotes if it is text (`"{shown(value)}"`), or as a plain number such as `12` or `0.5`'
    return f'write it in quotes: `"{shown(value)}"`'


def _value_for(key: str) -> str:
    name, colon, rest = key.partition(":")
    if colon and rest:
        return f"leave the key out; if `{shown(rest)}` is the value, write a space: `{shown(name)}: {shown(rest)}`"
    return "write a value, or leave the key out"
