"""When a text is checked: after it was left alone for a while, and only in the version that it then has."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from tiercel.editor.positions import Text
from tiercel.editor.server import Opened, Server
from tiercel.editor.view import Draft

from .views import ROOT

TEXT = (ROOT / "programs" / "maple.yaml").read_text(encoding="utf-8")
URI = "file:///shop/maple.yaml"


class Written:
    """What the server sends, as an editor would read it."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def write(self, body: bytes) -> None:
        self.messages.append(json.loads(body))

    def close(self) -> None:
        raise AssertionError("the server has no reason to end")


def listened() -> tuple[Server, list[dict[str, Any]]]:
    """A server, and what it will have sent."""
    server, written = Server(), Written()
    server.protocol.set_writer(written, include_headers=False)
    return server, written.messages


def drafts(count: int) -> list[Draft]:
    """Versions of a text, each a line longer."""
    return [Draft("maple.yaml", Text(TEXT + "# more\n" * number), number) for number in range(1, count + 1)]


def test_of_versions_that_follow_each_other_the_last_is_checked() -> None:
    server, messages = listened()
    versions = drafts(5)

    async def typing() -> None:
        server.opened[URI] = opened = Opened(versions[0])
        for draft in versions:
            opened.draft = draft
            server.check_soon(URI, 0.01)
        assert opened.check
        await opened.check

    asyncio.run(typing())
    assert [message["params"]["version"] for message in messages] == [5]
    assert ["compilation" in vars(draft) for draft in versions] == [False] * 4 + [True]
    assert server.opened[URI].known.program is not None


def test_a_question_about_a_text_that_has_changed_meanwhile_compiles_nothing() -> None:
    server, _ = listened()
    old, new = drafts(2)
    answers: list[int | None] = []

    async def asking() -> None:
        server.opened[URI] = opened = Opened(old)
        with server.compiling():
            asked = asyncio.ensure_future(
                server.ask(URI, lambda view: len(view.draft.compilation.diagnostics), compiling=True)
            )
            await asyncio.sleep(0.05)
            opened.draft = new
        answers.append(await asked)

    asyncio.run(asking())
    assert answers == [None]
    assert "compilation" not in vars(old)


def test_a_question_that_is_called_back_before_its_turn_is_not_looked_into() -> None:
    server, _ = listened()
    (draft,) = drafts(1)

    async def asking() -> None:
        server.opened[URI] = Opened(draft)
        with server.compiling():
            asked = asyncio.ensure_future(
                server.ask(URI, lambda view: view.draft.compilation, compiling=True)
            )
            await asyncio.sleep(0.05)
            asked.cancel()
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)

    asyncio.run(asking())
    assert "compilation" not in vars(draft)


def test_what_a_check_finds_is_dropped_if_the_text_has_changed_meanwhile() -> None:
    server, messages = listened()
    old, new = drafts(2)

    async def typing() -> None:
        server.opened[URI] = opened = Opened(old)
        with server.compiling():
            server.check_soon(URI, 0)
            check = opened.check
            assert check
            await asyncio.sleep(0.05)  # the check waits for the lock, or has yet to begin: it is all the same
            opened.draft = new
        await check

    asyncio.run(typing())
    assert messages == []
    assert "compilation" not in vars(old)


def test_a_text_that_is_closed_while_it_is_checked_has_no_findings() -> None:
    server, messages = listened()
    (draft,) = drafts(1)

    async def typing() -> None:
        server.opened[URI] = opened = Opened(draft)
        server.check_soon(URI, 0)
        del server.opened[URI]
        assert opened.check
        await opened.check

    asyncio.run(typing())
    assert messages == []
