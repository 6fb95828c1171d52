"""What the nodes of the trees have in common: frozen, slotted, compared by meaning; and quick to define.

`@node` stands for `@dataclass(frozen=True, slots=True)`, and its classes are dataclasses (`fields` and
`replace` take them). The difference is that one method is written for each class rather than six: there are
some fifty classes, every command makes them when it starts, and that took a quarter of a short `check`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T", bound="Node")


class Node:
    """The base of a tree's nodes. Equal are nodes of one class whose fields are, but for `compare=False`."""

    __slots__ = ()

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _compared: ClassVar[Callable[[Any], Any]]

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        compared = self.__class__._compared
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        return hash(self.__class__._compared(self))

    def __repr__(self) -> str:
        shown = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[type[Node], tuple[Any, ...]]:
        # What is pickled is made again as it was made, since nothing can be set afterwards.
        return type(self), tuple(getattr(self, f.name) for f in fields(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """Make a subclass of `Node` a frozen, slotted dataclass. Defaults are plain values: no factories."""
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _initializer(fields(made))  # type: ignore[method-assign]
    compared = [f.name for f in fields(made) if f.compare]
    made._compared = attrgetter(*compared) if compared else _nothing
    return made


def _nothing(_node: object) -> tuple[()]:
    return ()


def _initializer(of: tuple[Field[Any], ...]) -> Any:
    """`__init__` for these fields, in order."""
    names = [f.name for f in of]
    defaults = {f"default_{f.name}": f.default for f in of if f.default is not MISSING}
    parameters = [f"{name}=default_{name}" if f"default_{name}" in defaults else name for name in names]
    body = [f" put(self, {name!r}, {name})" for name in names] or [" pass"]
    namespace: dict[str, Any] = {"put": object.__setattr__, **defaults}
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(body), namespace)
    return namespace["__init__"]
