"""From a file's bytes to its text: UTF-8, with or without a byte order mark, of at most 1 MiB."""

from __future__ import annotations

import codecs

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile, Span

MAX_BYTES = 1 << 20

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)

# Which of the first bytes are NUL where a text that begins with ASCII is stored in wide units without a mark.
_WIDE = (
    ((False, True, True, True), "UTF-32", "utf-32-le"),
    ((True, True, True, False), "UTF-32", "utf-32-be"),
    ((False, True, False, True), "UTF-16", "utf-16-le"),
    ((True, False, True, False), "UTF-16", "utf-16-be"),
)

_SAVE = "save the file as UTF-8"


def decode(name: str, data: bytes) -> tuple[SourceFile, list[Diagnostic]]:
    """The text of a file, and what is wrong with its bytes (`too-large`, `encoding`): at most one finding.

    With a finding the text is only good for showing the place: cut at 1 MiB, with a replacement character
    for every stretch that is no text.
    """
    if len(data) > MAX_BYTES:
        source = SourceFile(name, _as_utf8(data[:MAX_BYTES]))
        return source, [_error("too-large", 0, "the file is larger than 1 MiB", "split it, or cut it down")]
    wide = _wide_encoding(data)
    if wide:
        label, codec = wide
        source = SourceFile(name, data.decode(codec, errors="replace"))
        return source, [_error("encoding", 0, f"the file is {label}, not UTF-8", _SAVE)]
    source = SourceFile(name, _as_utf8(data))
    return source, _stray_bytes(data)


def _as_utf8(data: bytes) -> str:
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")


def _wide_encoding(data: bytes) -> tuple[str, str] | None:
    """The name and the codec of UTF-16 or UTF-32, known by a mark or by where the NULs are."""
    for mark, label, codec in _MARKS:
        if data.startswith(mark):
            return label, codec
    pattern = tuple(byte == 0 for byte in data[:4])
    return next(((label, codec) for wide, label, codec in _WIDE if wide == pattern), None)


def _stray_bytes(data: bytes) -> list[Diagnostic]:
    """The first byte that is not UTF-8: those after it have the same cause, another encoding."""
    text = data.removeprefix(codecs.BOM_UTF8)
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        place = len(text[: error.start].decode("utf-8"))
        return [_error("encoding", place, f"the byte `{text[error.start]:02X}` is not UTF-8 here", _SAVE)]
    return []


def _error(name: str, place: int, message: str, help: str) -> Diagnostic:
    return Diagnostic(name, Severity.ERROR, message, Span(place, place + 1), help=help)
