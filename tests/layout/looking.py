"""Looks up, in a file, what each comment of a scrambled one is about: by lines, and not by the layout's own means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from tiercel.compiler.allow import places
from tiercel.compiler.allow.places import targets
from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import Document, Mapping, Node, Scalar, Sequence

COMMENT = re.compile(r"#.*?(above|behind|end|top) (/.*) \d+$")
Lines = tuple[int, int, int]


class Read:
    """A file that was read, and for each path of it the lines of its key (or itself), its beginning and its end."""

    def __init__(self, text: str) -> None:
        text = text.removeprefix("\ufeff")
        self.source = SourceFile("file.yaml", text)
        self.report = Report(self.source)
        document = read_document(self.source, self.report)
        assert document is not None, (self.report.diagnostics, text)
        assert not self.report.has_errors, (self.report.diagnostics, text)
        self.document: Document = document
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.nodes: dict[str, Node] = {}
        self.starts: dict[str, int] = {}
        self.places = dict(self._places("", document.root))

    def _places(self, path: str, node: Node) -> Iterator[tuple[str, Lines]]:
        line = self.source.line
        self.nodes[path or "/"] = node
        self.starts.setdefault(path, node.span.start)
        yield path or "/", (line(node.span.start), line(node.span.start), line(max(node.span.end - 1, 0)))
        if isinstance(node, Mapping):
            for entry in node.entries:
                self.starts[f"{path}/{entry.key.text}"] = entry.key.span.start
                for its, (key, start, end) in self._places(f"{path}/{entry.key.text}", entry.value):
                    own = its == f"{path}/{entry.key.text}"
                    yield its, (line(entry.key.span.start) if own else key, start, end)
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield from self._places(f"{path}/{index}", item)

    def comments(self) -> Iterator[tuple[str, str, int]]:
        """Each comment's word and path, and its line."""
        for comment in self.document.comments:
            found = COMMENT.match(comment.text.rstrip())
            assert found, comment.text
            yield found[1], found[2], self.source.line(comment.span.start)

    def line_below(self, line: int) -> int:
        """The next line that is neither empty nor a comment."""
        for number in range(line + 1, len(self.lines) + 1):
            if self.lines[number - 1].strip() and not self.lines[number - 1].lstrip().startswith("#"):
                return number
        return len(self.lines) + 1

    def set_apart(self) -> dict[str, bool]:
        """Whether an empty line stands above each place that begins a line, or above the comments about it.

        Below the first of their collection, and below what is at the top of the file.
        """
        found = {}
        seen: set[str] = set()
        for path, (line, _, _) in self.places.items():
            around = path.rpartition("/")[0]
            if around in seen and around and self._begins(path):
                found[path] = self._empty_above(path, line)
            seen.add(around)
        return found

    def _begins(self, path: str) -> bool:
        """Whether a place begins its line, an item with its dash."""
        is_item = isinstance(self.nodes[path.rpartition("/")[0]], Sequence)
        before = self.source.text[: self.starts[path]].rpartition("\n")[2].strip()
        return before == ("-" if is_item else "")

    def _empty_above(self, path: str, line: int) -> bool:
        for above in reversed(self.lines[: line - 1]):
            if not above.strip():
                return True
            found = COMMENT.search(above.rstrip()) if above.lstrip().startswith("#") else None
            # What is above the first key of an item, or behind what was on one line, may stand above the dash.
            if found is None or found[1] == "end" or not f"{found[2]}/".startswith(f"{path}/"):
                return False
        return False

    def covered(self, *, everywhere: bool = False) -> dict[str, set[str]]:
        """For each allow the paths at which it allows what is found; in brackets with comments, only if `everywhere`.

        Nor is the file as a whole, which begins where the first of its keys happens to stand: no lint is about it.
        """
        allows = [c for c in self.document.comments if "tiercel: allow" in c.text]
        about = targets(self.source, self.document.comments) if allows else {}
        return {
            c.text.rstrip(): {
                path
                for path in self._on_line(about[c.span], about[c.span] == self.source.line(c.span.start))
                if everywhere or not self._broken_up(path)
            }
            for c in allows
        }

    def _on_line(self, line: int, behind: bool) -> set[str]:
        return {
            path
            for path, lines in self._lines.items()
            if line in lines.first or (behind and line == lines.last)
        }

    @cached_property
    def _lines(self) -> dict[str, places.Lines]:
        return {
            path: places.lines_of(self.source, self.document, node.span)
            for path, node in self.nodes.items()
            if path != "/"
        }

    def _broken_up(self, path: str) -> bool:
        """Whether brackets around a place, or its own, have comments in them."""
        steps = path.split("/")
        return any("/".join(steps[:end]) in self._brackets_with_comments for end in range(1, len(steps) + 1))

    @cached_property
    def _brackets_with_comments(self) -> set[str]:
        starts = [comment.span.start for comment in self.document.comments]
        return {
            path.rstrip("/")
            for path, node in self.nodes.items()
            if self.source.text[node.span.start] in "[{" and not isinstance(node, Scalar)
            if any(node.span.start < start < node.span.end for start in starts)
        }


def misplaced(read: Read) -> list[str]:
    """The comments that are not at what they belong to."""
    return [
        f"line {line}: {word} {path}"
        for word, path, line in read.comments()
        if not _in_place(read, word, path, line)
    ]


def _in_place(read: Read, word: str, path: str, line: int) -> bool:
    key, start, end = read.places[path]
    below = read.line_below(line)
    match word:
        case "top":
            return below == read.line_below(0) or below <= read.line_below(read.line_below(0))
        case "above":
            return below == key
        case "behind":
            return key <= line <= max(start, end) or below == key
    children = [own for its, own in read.places.items() if its.startswith(path.rstrip("/") + "/")]
    last = max(own[2] for own in children)
    return line > last and not any(own[0] == below for own in children)
