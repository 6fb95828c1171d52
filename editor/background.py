"""Work that takes its time, one piece after the other, in threads that never keep the process from ending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T], turn: Lock) -> asyncio.Future[T]:
    """What the work comes to, or the exception that it raised; to be awaited in the running loop.

    Of all work with one `turn`, no two pieces are done at once. Work is not begun if by then nobody waits for it.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        with turn:
            if future.done():
                return
            try:
                result = work()
            except BaseException as error:  # whatever it is, it is for who waits
                _tell(loop, future, error=error)
            else:
                _tell(loop, future, result=result)

    Thread(target=run, daemon=True).start()
    return future


def _tell(
    loop: asyncio.AbstractEventLoop,
    future: asyncio.Future[T],
    *,
    result: T | None = None,
    error: BaseException | None = None,
) -> None:
    def settle() -> None:
        if future.done():
            return  # nobody waits any more
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # T may be None itself

    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)
