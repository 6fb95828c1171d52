"""Looks up, in a file, what each comment of a scrambled one is about: by lines, and not by the layout's own means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiercel.compiler.allow.places import lines_of, targets
from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import Document, Mapping, Node, Scalar, Sequence

COMMENT = re.compile(r"#.*?(above|behind|end|top) (/\S*) \d+$")
Lines = tuple[int, int, int]


class Read:
    """A file that was read, and for each path of it the lines of its key (or itself), its beginning and its end."""

    def __init__(self, text: str) -> None:
        self.source = SourceFile("file.yaml", text)
        self.report = Report(self.source)
        document = read_document(self.source, self.report)
        assert document is not None, (self.report.diagnostics, text)
        assert not self.report.has_errors, (self.report.diagnostics, text)
        self.document: Document = document
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.places = dict(self._places("", document.root))

    def _places(self, path: str, node: Node) -> Iterator[tuple[str, Lines]]:
        line = self.source.line
        yield path or "/", (line(node.span.start), line(node.span.start), line(max(node.span.end - 1, 0)))
        if isinstance(node, Mapping):
            for entry in node.entries:
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

    def covered(self) -> dict[str, set[str]]:
        """For each allow the paths at which it allows what is found; in brackets with comments in them, none.

        Nor is the file as a whole, which begins where the first of its keys happens to stand: no lint is about it.
        """
        about = targets(self.source, self.document.comments)
        found = {}
        for comment in self.document.comments:
            if "tiercel: allow" in comment.text:
                line = about[comment.span]
                behind = line == self.source.line(comment.span.start)
                found[comment.text.rstrip()] = set(self._on_line(line, behind))
        return found

    def _on_line(self, line: int, behind: bool) -> Iterator[str]:
        for path in self.places:
            span = self.node(path).span
            lines = lines_of(self.source, self.document, span)
            if path == "/" or self._broken_up(path):
                continue
            if line in lines.first or (behind and line == lines.last):
                yield path

    def _broken_up(self, path: str) -> bool:
        """Whether brackets around a place, or its own, have comments in them."""
        steps = path.split("/")
        nodes = [self.node("/".join(steps[:end]) or "/") for end in range(1, len(steps) + 1)]
        return any(
            node.span.start < comment.span.start < node.span.end
            for node in nodes
            if self.source.text[node.span.start] in "[{" and not isinstance(node, Scalar)
            for comment in self.document.comments
        )

    def node(self, path: str) -> Node:
        here: Node = self.document.root
        for step in path.split("/")[1:] if path != "/" else ():
            if isinstance(here, Mapping):
                there = here.get(step)
                assert there is not None
                here = there
            elif isinstance(here, Sequence):
                here = here.items[int(step)]
        return here


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
