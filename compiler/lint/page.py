"""The page of a lint or an error: what `tiercel explain` prints and the generated reference collects.

A page is Markdown. A lint's page is the docstring of its module, an error's is `compiler/errors/NAME.md`.
Both have this shape, every part once and in this order, blank lines between the parts:

    A title: one line, a whole sentence that ends with a period

    ## What it finds

    Prose.

    ## Why

    Prose: what a merchant or a customer would run into.

    ## Bad

    Optional prose, then at least one fenced block that begins with ```yaml and holds a whole small program.
    Checking it reports this name. Where a program cannot be shown in Markdown (bytes that are not UTF-8),
    the section may be prose alone.

    ## Good

    The same program made right, in a ```yaml block: no error and no lint has anything to say about it.

    ## What to do

    Prose: the ways out.

The title may begin with `# ` in a file. Other headings and other kinds of fences are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SECTIONS = ("What it finds", "Why", "Bad", "Good", "What to do")

_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


class PageError(ValueError):
    """A page that is not in the shape above; the message names the page and the offending part."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its sections as Markdown without their headings."""

    name: str
    title: str
    finds: str
    why: str
    bad: str
    good: str
    advice: str

    @property
    def bad_programs(self) -> tuple[str, ...]:
        """The programs of the section "Bad", each the text of a whole file."""
        return programs(self.bad)

    @property
    def good_programs(self) -> tuple[str, ...]:
        """The programs of the section "Good", each the text of a whole file."""
        return programs(self.good)


def programs(section: str) -> tuple[str, ...]:
    """The fenced blocks of a section, each ending with a line break."""
    return tuple(m[2] for m in _FENCE.finditer(section))


def parse_page(name: str, text: str) -> Page:
    """Read a page; raises `PageError` where it does not have the shape that this module describes."""
    preamble, *rest = _HEADING.split(text)
    found = tuple(rest[0::2])
    if found != SECTIONS:
        raise PageError(f"the page `{name}` has the sections {list(found)}, not {list(SECTIONS)}")
    page = Page(name, _title(name, preamble), *(section.strip() for section in rest[1::2]))
    _check(page)
    return page


def _title(name: str, preamble: str) -> str:
    title = preamble.strip().removeprefix("# ")
    if not title.endswith(".") or "\n" in title:
        raise PageError(f"the page `{name}` does not begin with a title: one line that ends with a period")
    return title


def _check(page: Page) -> None:
    parts = (page.finds, page.why, page.bad, page.good, page.advice)
    empty = next((title for title, part in zip(SECTIONS, parts, strict=True) if not part), None)
    if empty:
        raise PageError(f"the page `{page.name}` has nothing under `{empty}`")
    fences = [m[1] for part in parts for m in _FENCE.finditer(part)]
    if any(language != "yaml" for language in fences):
        raise PageError(f"the page `{page.name}` has a fenced block that is not ```yaml")
