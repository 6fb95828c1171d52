"""The language server itself: the texts that are open in an editor, questions about them, and when they are checked.

With `answers` and `protocol` the only module that knows pygls. Whatever takes its time runs beside the loop that reads
messages, and one check at a time, so that typing in a large file is never held up by what was typed before.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from traceback import format_exception
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..compiler.diagnostics import Diagnostic, Edit
from . import to_protocol as to
from .actions import Action, has_safe_fixes, mended
from .background import in_background
from .neighbours import Neighbour, Neighbours
from .pages import Pages
from .positions import Encoding, Text
from .protocol import Protocol
from .view import Draft, Known, View

T = TypeVar("T")

_log = logging.getLogger(__name__)
_Checked = tuple[Known, list[Diagnostic], list[types.Diagnostic]]  # the last as the editor shows them
QUIET = 0.2  # seconds without typing after which a text is checked


@dataclass
class Opened:
    """A text that is open in the editor: its newest version, what is known of earlier ones, the check that waits.

    `findings` are those of the version `checked`, if one was.
    """

    draft: Draft
    known: Known = field(default_factory=Known)
    check: asyncio.Task[None] | None = None
    published: bool = False
    checked: Draft | None = None
    findings: list[Diagnostic] = field(default_factory=list)


class Server(LanguageServer):
    """A server for one editor. `ended`: whether the editor asked it to shut down."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("tiercel", __version__, protocol_cls=Protocol)
        self.opened: dict[str, Opened] = {}
        self.ended = False
        self.pages = Pages()
        self._one_check, self._one_question = Lock(), Lock()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say on standard error what went wrong, unless the editor alone is to blame; the server goes on."""
        if isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError):
            return
        if source is JsonRpcException and isinstance(error, ValueError | RecursionError):
            self.protocol.refuse_unreadable(error)
            return
        trace = (getattr(error, "data", None) or {}).get("traceback") or format_exception(error)
        _log.error("%s: %s\n%s", getattr(source, "__name__", source), error, "".join(trace))

    # --- what the editor can do ---

    def text(self, written: str) -> Text:
        """A text with columns as the editor counts them."""
        return Text(written, Encoding(self.workspace.position_encoding))

    @property
    def shows_related(self) -> bool:
        """Whether the editor shows places that are related to a finding."""
        document = self.client_capabilities.text_document
        published = document.publish_diagnostics if document else None
        return bool(published and published.related_information)

    @property
    def asks_later(self) -> bool:
        """Whether the editor can ask for what an action changes once it is chosen."""
        document = self.client_capabilities.text_document
        stated = document.code_action if document else None
        resolved = stated.resolve_support.properties if stated and stated.resolve_support else ()
        return bool(stated and stated.data_support and "edit" in resolved)

    @property
    def knows_snippets(self) -> bool:
        """Whether the editor knows texts with places to fill in."""
        document = self.client_capabilities.text_document
        item = document.completion.completion_item if document and document.completion else None
        return bool(item and item.snippet_support)

    def diagnostic(self, uri: str, draft: Draft, found: Diagnostic) -> types.Diagnostic:
        """A finding as this editor shows it."""
        page = self.pages.uri(found.name)
        return to.diagnostic(draft.text, uri, found, related=self.shows_related, page=page)

    def edit(self, uri: str, draft: Draft, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Changes of a draft as this editor takes them."""
        workspace = self.client_capabilities.workspace
        stated = workspace.workspace_edit if workspace else None
        versioned = bool(stated and stated.document_changes)
        return to.workspace_edit(draft.text, uri, edits, version=draft.version, versioned=versioned)

    def code_action(self, uri: str, draft: Draft, action: Action) -> types.CodeAction:
        """Something to do about a finding of a draft."""
        about = self.diagnostic(uri, draft, action.about)
        return to.code_action(action, about, self.edit(uri, draft, action.edits))

    def fix_all(self, uri: str, draft: Draft, kind: str) -> list[types.CodeAction]:
        """The one action that makes every safe fix; nothing where there is none to make.

        What it changes takes several compilations: an editor that can ask for that later is not kept waiting.
        """
        title = "make every safe fix"
        if not has_safe_fixes(draft):
            return []
        if self.asks_later:
            return [types.CodeAction(title, kind=kind, data={"uri": uri})]
        edits = mended(draft)
        return [types.CodeAction(title, kind=kind, edit=self.edit(uri, draft, edits))] if edits else []

    # --- asking ---

    async def ask(
        self,
        uri: str,
        question: Callable[[View], T],
        *,
        scenarios: bool = False,
        others: bool = False,
        compiling: bool = False,
    ) -> T | None:
        """The answer to a question about a text as it is now; none for one that is not open.

        It is about programs; also about files of `scenarios`, also about `others`. One for which something is compiled
        (`compiling`) has no answer if the text has changed before its turn came: the editor will ask again.
        """
        opened = self.opened.get(uri)
        if opened is None:
            return None
        ours = opened.draft.is_program or (scenarios and opened.draft.has_scenarios)
        if not (ours or others):
            return None
        view = View(opened.draft, opened.known)
        if not compiling:
            return await in_background(lambda: question(view), self._one_question)
        current = partial(self._is_current, uri, view.draft)
        return await in_background(lambda: question(view) if current() else None, self._one_check)

    def programs(self) -> Neighbours:
        """The programs that scenarios may name, as they are now."""
        opened = {
            os.path.normpath(of.draft.name): Neighbour(of.draft.name, uri, View(of.draft, of.known))
            for uri, of in self.opened.items()
            if of.draft.is_program
        }
        return Neighbours(opened, self.text)

    def has_scenarios(self, uri: str) -> bool:
        """Whether a text that is open is one of scenarios."""
        opened = self.opened.get(uri)
        return opened is not None and opened.draft.has_scenarios

    def _is_current(self, uri: str, draft: Draft) -> bool:
        opened = self.opened.get(uri)
        return opened is not None and opened.draft is draft

    def compiling(self) -> Lock:
        """To be held while something is compiled: no two at once, since they share what the analysis keeps."""
        return self._one_check

    # --- checking ---

    def check_soon(self, uri: str, delay: float) -> None:
        """Check a text when it has been left alone for a while; an earlier check that waits is dropped."""
        opened = self.opened[uri]
        if opened.check:
            opened.check.cancel()
        opened.check = asyncio.ensure_future(self._check(uri, opened.draft, delay))

    async def _check(self, uri: str, draft: Draft, delay: float) -> None:
        await asyncio.sleep(delay)
        checked = await in_background(lambda: self._checked(uri, draft), self._one_check)
        opened = self.opened.get(uri)
        if checked is not None and opened is not None and opened.draft is draft:
            opened.known, opened.findings, shown = checked
            before, opened.checked = opened.checked, draft
            self._publish(uri, opened, shown)
            if draft.is_program or (before and before.is_program):
                self.play_again()

    def _checked(self, uri: str, draft: Draft) -> _Checked | None:
        """What is known after a check, and found; none where the text has changed before its turn came."""
        opened = self.opened.get(uri)
        if opened is None or opened.draft is not draft:
            return None
        known = draft.after(opened.known)
        found = self._found(draft)
        return known, found, [self.diagnostic(uri, draft, each) for each in found]

    def _found(self, draft: Draft) -> list[Diagnostic]:
        if draft.is_program:
            return draft.compilation.diagnostics
        return self._played(draft) if draft.has_scenarios else []

    def _played(self, draft: Draft) -> list[Diagnostic]:
        from .playing import scenario_findings

        drafts = [opened.draft for opened in list(self.opened.values())]
        return scenario_findings(draft, {os.path.normpath(d.name): d for d in drafts if d.is_program})

    def play_again(self) -> None:
        """Check the scenarios that are open once more, since a program has changed."""
        for uri, opened in self.opened.items():
            if opened.draft.has_scenarios:
                self.check_soon(uri, QUIET)

    def findings(self, uri: str, draft: Draft) -> list[Diagnostic]:
        """What is found in a draft: worked out at once for a program, of scenarios what the last check found."""
        if draft.is_program:
            return draft.compilation.diagnostics
        opened = self.opened.get(uri)
        return opened.findings if opened and opened.checked is draft else []

    def _publish(self, uri: str, opened: Opened, shown: list[types.Diagnostic]) -> None:
        draft = opened.draft
        concerns = draft.is_program or draft.has_scenarios
        if not concerns and not opened.published:
            return
        opened.published = concerns
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, draft.version))
