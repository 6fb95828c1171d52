"""The pages of the errors that the compiler can report, one Markdown file each.

Lints have their pages in their modules; both are in the shape that `tiercel.compiler.lint.page` describes.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

ERRORS: Final = (
    "ambiguous-scalar",
    "bad-moment",
    "bad-step",
    "bad-value",
    "campaign-blocked",
    "campaign-overlap",
    "condition-syntax",
    "duplicate-id",
    "duplicate-key",
    "encoding",
    "key-not-here",
    "missing-key",
    "not-linear",
    "one-tier-per-rule",
    "plan-gate",
    "platform-gate",
    "too-large",
    "too-many-decimals",
    "type-mismatch",
    "unknown-id",
    "unknown-key",
    "unknown-name",
    "wrong-type",
    "yaml-feature",
    "yaml-syntax",
)


def page(name: str) -> str:
    """The page of an error as Markdown; raises `KeyError` for a name that is not in `ERRORS`."""
    if name not in ERRORS:
        raise KeyError(name)
    return files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
