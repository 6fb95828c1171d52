"""Tiercel compiles a loyalty program, declared in one YAML file, into an exact evaluator.

`load` reads a program file or a built module; the rest of the library is in `tiercel.compiler`
(from a file to diagnostics and a module) and `tiercel.runtime` (from events to effects).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .loading import CompileError as CompileError
    from .loading import check as check
    from .loading import load as load

__version__ = "0.1.0"
__all__ = ["CompileError", "__version__", "check", "load"]


def __getattr__(name: str) -> Any:
    # Lazy, so that `tiercel.runtime` alone never imports the compiler and what that depends on.
    if name in ("CompileError", "check", "load"):
        from . import loading

        return getattr(loading, name)
    raise AttributeError(f"module 'tiercel' has no attribute {name!r}")
