"""Work that takes its time, in a thread of its own that never keeps the process from ending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T]) -> asyncio.Future[T]:
    """What the work comes to, or the exception that it raised; to be awaited in the running loop."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def run() -> None:
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
