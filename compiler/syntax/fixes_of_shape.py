"""Fixes of keys, kinds of values and words that are not the schema's, where one thing alone can have been meant."""

from __future__ import annotations

import re
from typing import Any

from ..diagnostics import Edit, Fix
from ..source import Span
from .accepts import acceptance
from .comments import comments_between
from .nearest import clearly
from .plain import plain
from .plain_scalars import NUMBER, kind_of_plain
from .refusals import shown
from .rewrites import as_text, is_bracketed, line_break, quoted, without_entry
from .tree import Comment, Entry, Kind, Mapping, Node, Scalar, Style

_TRUE_OR_FALSE = {
    "true": "true",
    "yes": "true",
    "on": "true",
    "false": "false",
    "no": "false",
    "off": "false",
}
_SIGN = re.compile(r"[$€£¥]\s*(?=[0-9])|(?<=[0-9])\s*[$€£¥]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[, '_][0-9]{3})+(?:\.[0-9]+)?")
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]*")


def write(span: Span, text: str) -> Fix:
    """Writes a text in place of what stands there."""
    return Fix(f"write `{shown(text)}`", (Edit(span, text),))


# --- keys -------------------------------------------------------------------------------------------------------


def meant_key(entry: Entry, mapping: Mapping, properties: dict[str, Any], whole: dict[str, Any]) -> list[Fix]:
    """The key that is misspelled, if its value can be that key's. `whole` is the schema of the whole file."""
    found = clearly(entry.key.text, properties)
    if found is None or mapping.get(found) is not None:
        return []
    # A value of another kind speaks for another key.
    return [write(entry.key.span, found)] if _fits_type(properties[found], entry.value, whole) else []


def _fits_type(schema: dict[str, Any], value: Node, whole: dict[str, Any]) -> bool:
    while "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    plainly = isinstance(value, Scalar) and value.style is Style.PLAIN and value.text
    if plainly and kind_of_plain(plainly) is None:
        return True  # which has been said already, and can only be mended where the key is known
    return "type" not in schema or acceptance({"type": schema["type"]})(plain(value))


def version_at_top(text: str, root: Mapping) -> list[Fix]:
    """`tiercel: 1` before the first key."""
    if not root.entries:
        return []
    if is_bracketed(text, root):
        at, added = root.span.start + 1, "tiercel: 1, "
    else:
        at, added = root.span.start, f"tiercel: 1{line_break(text)}" + _indentation(text, root.span.start)
    return [Fix("write `tiercel: 1` at the top", (Edit(Span(at, at), added),))]


def _indentation(text: str, offset: int) -> str:
    before = text[:offset]
    return before[len(before.rstrip(" ")) :]


def leave_out(text: str, parent: Node | None, entry: Entry | None) -> list[Fix]:
    """Leaves a key out, which customers may notice."""
    edits = without_entry(text, parent, entry) if isinstance(parent, Mapping) and entry else None
    return [Fix(f"leave out `{shown(entry.key.text)}`", edits, safe=False)] if edits and entry else []


def attribute_name(entry: Entry, holder: Mapping) -> list[Fix]:
    """The name of an attribute in lower case, its words joined by `_`."""
    proposed = re.sub(r"[\s-]+", "_", entry.key.text.strip().lower())
    usable = _ATTRIBUTE.fullmatch(proposed) and holder.get(proposed) is None
    return [write(entry.key.span, proposed)] if usable else []


# --- values -----------------------------------------------------------------------------------------------------


def of_type(schema: dict[str, Any], node: Node) -> list[Fix]:
    """A value of another type as one of the type that is due."""
    if not isinstance(node, Scalar):
        return []
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    title = schema.get("title", "")
    if wanted == ["array"] and title.endswith(("texts", "ids")):
        return _as_list(node)
    if {"number", "integer"} & set(wanted):
        percent = node.text.strip().endswith("%") and title == "a rate" and schema.get("maximum") == 100
        return as_number(node, percent)
    if wanted == ["boolean"]:
        truth = _TRUE_OR_FALSE.get(node.text.strip().lower())
        return [write(node.span, truth)] if truth else []
    is_text = wanted == ["string"] and "enum" not in schema and title in ("a name", "text")
    return [write(node.span, quoted(node.text))] if is_text else []


def as_number(node: Scalar, percent: bool = False) -> list[Fix]:
    """A number without the quotes, signs and separators that are around it."""
    text = node.text.strip()
    bare = text.removesuffix("%").rstrip() if percent else text
    bare = _SIGN.sub("", bare, count=1)
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[, '_]", "", bare)
    return [write(node.span, bare)] if NUMBER.fullmatch(bare) and node.kind is Kind.TEXT else []


def _as_list(node: Scalar) -> list[Fix]:
    """A list of one; a comma may be meant to separate several."""
    block = node.style in (Style.LITERAL, Style.FOLDED)
    if "," in node.text or block or not node.text.strip():
        return []
    return [write(node.span, f"[{as_text(node.text)}]")]


def as_date_text(date: Scalar) -> list[Fix]:
    """A date that is text, in quotes."""
    return [write(date.span, quoted(date.text))]


def word(node: Scalar, words: list[str]) -> list[Fix]:
    """The word of the schema that is misspelled."""
    found = clearly(node.text, words)
    return [write(node.span, found)] if found else []


def as_id(node: Scalar, prefix: str, root: Mapping) -> list[Fix]:
    """An id in lower case, its words joined by `-`, if nothing has that id."""
    text = node.text.removeprefix(prefix)
    proposed = re.sub(r"\s+", "-", text.strip().lower())
    if not _ID.fullmatch(proposed) or prefix + proposed in _ids(root):
        return []
    return [write(node.span, prefix + proposed)]


def _ids(root: Mapping) -> set[str]:
    """Every value of an `id` in the file."""
    found: set[str] = set()
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            found |= {
                e.value.text for e in node.entries if e.key.text == "id" and isinstance(e.value, Scalar)
            }
            pending += [e.value for e in node.entries]
        elif not isinstance(node, Scalar):
            pending += node.items
    return found


# --- one tier per rule ------------------------------------------------------------------------------------------


def rule_for_each(text: str, root: Mapping, include: Node) -> list[Fix]:
    """A rule for each of the tiers of an `include`: copies of the one, each with an id of its own.

    For people to choose: a rate table earns the same, and the ids are new ones.
    """
    earn = root.get("earn")
    if isinstance(include, Scalar | Mapping) or isinstance(earn, Scalar | Mapping) or earn is None:
        return []
    rule = next((r for r in earn.items if r.span.start <= include.span.start < r.span.end), None)
    identity = rule.get("id") if isinstance(rule, Mapping) else None
    tiers = [tier.text for tier in include.items if isinstance(tier, Scalar)]
    if not isinstance(identity, Scalar) or len(tiers) < 2 or len(set(tiers)) < len(include.items):
        return []
    assert isinstance(rule, Mapping)
    ids = [f"{identity.text}-{tier}" for tier in tiers]
    if not all(_ID.fullmatch(one) for one in ids) or set(ids) & _ids(root):
        return []
    return _copies(
        text, rule, identity, include, list(zip(ids, tiers, strict=True)), is_bracketed(text, earn)
    )


def _copies(
    text: str, rule: Mapping, identity: Scalar, include: Node, named: list[tuple[str, str]], in_row: bool
) -> list[Fix]:
    (first_id, first_tier), *others = named
    edits = [Edit(identity.span, first_id), Edit(include.span, as_text(first_tier))]
    begins = text.rfind("-", 0, rule.span.start)
    if in_row or begins == -1 or text[begins + 1 : rule.span.start].strip():
        return []
    indent = _indentation(text, begins)
    # What the list says beside its tiers is kept, above the rules that come of it.
    above = "".join(
        indent + comment.text.rstrip() + line_break(text)
        for comment in _comments(text, rule)
        if include.span.start <= comment.span.start < include.span.end
    )
    if above:
        line_begins = begins - len(indent)
        edits.append(Edit(Span(line_begins, line_begins), above))
    copies = "".join(
        line_break(text)
        + indent
        + text[begins : rule.span.start]
        + _copy(text, rule, identity, include, *one)
        for one in others
    )
    end = rule.span.end
    line_ends = len(text[end:].split("\n", 1)[0].split("\r", 1)[0]) + end
    edits.append(Edit(Span(line_ends, line_ends), copies))
    return [Fix("write a rule for each of the tiers", tuple(edits), safe=False)]


def _copy(text: str, rule: Mapping, identity: Scalar, include: Node, new_id: str, tier: str) -> str:
    """The rule's text for one tier, without its comments."""
    from ..edits import edited

    start, end = rule.span
    changes = [Edit(identity.span, new_id), Edit(include.span, as_text(tier))]
    for comment in _comments(text, rule):
        if not include.span.start <= comment.span.start < include.span.end:
            before = len(text[: comment.span.start].rstrip(" \t"))
            changes.append(Edit(Span(before, comment.span.end), ""))
    inside = [Edit(Span(e.span.start - start, e.span.end - start), e.text) for e in changes]
    lines = edited(text[start:end], inside).splitlines()
    return line_break(text).join(line for line in lines if line.strip())


def _comments(text: str, rule: Mapping) -> list[Comment]:
    """The comments within a rule."""
    found = comments_between(text[: rule.span.end], [s.span for s in _scalars(rule)])
    return [comment for comment in found if comment.span.start >= rule.span.start]


def _scalars(node: Node) -> list[Scalar]:
    """The scalars of a rule in file order, its keys among them."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Mapping):
        return [s for e in node.entries for s in (e.key, *_scalars(e.value))]
    return [s for item in node.items for s in _scalars(item)]
