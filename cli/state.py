"""The state folder of a program's customers, as `run` and `import-tiers` use it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ..compiler.driver import Compilation
from ..loading import CompileError, load_text
from ..runtime import IncompatibleProgram, Ledger, Program, StateError, Store, UnknownProgram, UnreadableState
from .ending import NotDone


@contextmanager
def opened_state(folder: str, compilation: Compilation, program: Program) -> Iterator[Store]:
    """The state in a folder, for one version of the program. Raises `NotDone` where it cannot be used."""
    if not folder:
        raise NotDone("cannot open the state: its folder has no name")
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise NotDone(f"cannot open the state in `{folder}`: it is no folder")
    with _refusals(folder), Store(folder, load_text) as store:
        store.source(program, compilation.source.text)
        yield store


def ledger_of(program: Program, store: Store | None, not_after: int | None = None) -> Ledger:
    """A ledger over a state, or without one over nothing but this run."""
    return Ledger(program, book=store, not_after=not_after)


@contextmanager
def _refusals(folder: str) -> Iterator[None]:
    try:
        yield
    except IncompatibleProgram as incompatible:
        raise NotDone(str(incompatible)) from incompatible
    except StateError as error:
        raise NotDone(str(error)) from error
    except CompileError as error:
        why = f"an earlier version of the program has errors: {error.diagnostics[0].message}"
        raise NotDone(f"the state in `{folder}` cannot be used: {why}") from error
    except (UnknownProgram, UnreadableState, sqlite3.Error) as error:
        raise NotDone(f"the state in `{folder}` cannot be used: {error}") from error
