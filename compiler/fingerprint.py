"""Gives findings a fingerprint that stays the same when the file around them changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from .diagnostics import Diagnostic
from .source import SourceFile


def fingerprints(source: SourceFile, diagnostics: Sequence[Diagnostic]) -> list[str]:
    """One for each diagnostic of a file, in their order, none twice: 32 hexadecimal digits.

    It is of the file's name, the diagnostic's name and the text that it points at, spacing aside; of several
    alike, the order counts. So lines can be added and removed elsewhere, and the wording of messages can change.
    """
    return list(_fingerprints(source, diagnostics))


def _fingerprints(source: SourceFile, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in diagnostics:
        text = re.sub(r"\s+", " ", source.text[diagnostic.span.start : diagnostic.span.end])
        alike = (diagnostic.name, text)
        what = "\0".join((source.name.replace("\\", "/"), *alike, str(seen[alike])))
        seen[alike] += 1
        yield sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:32]
