"""Whether a YAML file is a program at all, seen without reading it whole: it may be anybody's, and broken."""

from __future__ import annotations

import re

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SKIPPED = re.compile(rb"[ \t]*(?:#|$)|%|---[ \t]*$")
_KEY = re.compile(rb"(?:\?[ \t]+)?(?:[&!]\S*[ \t]+)*[\"']?tiercel[\"']?[ \t]*(?::|$)")
_FLOW_KEY = re.compile(rb"[{,]\s*[\"']?tiercel[\"']?\s*:")


def declares_program(content: bytes) -> bool:
    """Whether a YAML file, broken as it may be, and in whatever Unicode encoding, has a top-level `tiercel`."""
    for mark in _MARKS:
        content = content.removeprefix(mark)
    text = re.sub(rb"\r\n?", b"\n", content.replace(b"\0", b""))
    lines = [line for line in text.split(b"\n") if not _SKIPPED.match(line)]
    if not lines:
        return False
    lines[0] = re.sub(rb"^---[ \t]+", b"", lines[0])
    indent = len(lines[0]) - len(lines[0].lstrip())
    if lines[0].startswith(b"{", indent):
        return _in_outer_braces(b"\n".join(lines))
    return any(not line[:indent].strip() and _KEY.match(line, indent) for line in lines)


def _in_outer_braces(text: bytes) -> bool:
    for match in _FLOW_KEY.finditer(text):
        before = text[: match.start() + 1]
        if sum(map(before.count, (b"{", b"["))) - sum(map(before.count, (b"}", b"]"))) == 1:
            return True
    return False
