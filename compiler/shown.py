"""How the nodes of the trees show themselves."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast


class Shown:
    """A node of a tree; its subclasses are dataclasses with `repr=False`.

    Making the method that dataclasses write for it takes a third of the time of making the class, and every
    command makes some fifty of these classes when it starts.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        shown = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(cast(Any, self)) if f.repr]
        return f"{type(self).__name__}({', '.join(shown)})"
