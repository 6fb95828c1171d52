"""What the language server answers: each message of the protocol that it knows, from `Server` to the pure modules."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.uris import to_fs_path

from . import to_protocol as to
from .actions import actions, mended
from .completion import complete
from .hover import hover
from .laying_out import laid_out
from .protocol import NO_VERSION
from .scenario_completion import complete_scenarios
from .scenario_hover import scenario_definition, scenario_hover
from .server import QUIET, Opened, Server
from .symbols import outline
from .uses import Refused, definition, occurrences, renamable, rename
from .view import Draft, View

_TRIGGERS = [" ", ".", '"', "'", "[", "{", ","]
_QUICK_FIX, _FIX_ALL = "quickfix", "source.fixAll.tiercel"


# --- texts ----------------------------------------------------------------------------------------------------


def _did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    name = to_fs_path(document.uri) or document.uri
    before = server.opened.get(document.uri)
    draft = Draft(name, server.text(document.text), _version(document.version))
    server.opened[document.uri] = Opened(draft, published=before is not None and before.published)
    server.check_soon(document.uri, 0)


def _did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    opened = server.opened.get(uri)
    if opened is None:
        return  # the editor never opened it
    text = opened.draft.text
    for change in params.content_changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            text = text.changed(to.place(change.range.start), to.place(change.range.end), change.text)
        else:
            text = server.text(change.text)
    opened.draft = Draft(opened.draft.name, text, _version(params.text_document.version))
    server.check_soon(uri, QUIET)


def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    opened = server.opened.pop(uri, None)
    if opened and opened.check:
        opened.check.cancel()
    if opened and opened.published:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
    if opened and opened.draft.is_program:
        server.play_again()


def _version(stated: int) -> int | None:
    return None if stated == NO_VERSION else stated


def _shutdown(server: Server, _params: None) -> None:
    server.ended = True


# --- questions ------------------------------------------------------------------------------------------------


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    uri, programs = params.text_document.uri, server.programs()

    def question(view: View) -> types.Hover | None:
        text = view.draft.text
        offset = text.offset(to.place(params.position))
        of_scenarios = view.draft.has_scenarios
        said = scenario_hover(view, offset, programs) if of_scenarios else hover(view, offset)
        return types.Hover(to.markdown(said.markdown), to.range_of(text, said.span)) if said else None

    # A program that a scenario names is compiled for that, if it is not open.
    return await server.ask(uri, question, scenarios=True, compiling=server.has_scenarios(uri))


async def _completion(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    programs = server.programs()

    def question(view: View) -> types.CompletionList | None:
        text = view.draft.text
        offset = text.offset(to.place(params.position))
        of_scenarios = view.draft.has_scenarios
        offer = complete_scenarios(view, offset, programs) if of_scenarios else complete(view, offset)
        return to.completions(text, offer, snippets=server.knows_snippets) if offer else None

    # A file that is nothing yet may become a program.
    return await server.ask(params.text_document.uri, question, others=True)


async def _definition(server: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    uri, programs = params.text_document.uri, server.programs()

    def question(view: View) -> list[types.Location]:
        text = view.draft.text
        offset = text.offset(to.place(params.position))
        if view.draft.has_scenarios:
            there = scenario_definition(view, offset, programs)
            return [to.location(there)] if there else []
        return [types.Location(uri, to.range_of(text, span)) for span in definition(view, offset)]

    return await server.ask(uri, question, scenarios=True)


async def _references(server: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    uri = params.text_document.uri

    def question(view: View) -> list[types.Location]:
        text = view.draft.text
        found = occurrences(view, text.offset(to.place(params.position)))
        wanted = [o for o in found if params.context.include_declaration or not o.declares]
        return [types.Location(uri, to.range_of(text, o.span)) for o in wanted]

    return await server.ask(uri, question)


async def _highlight(
    server: Server, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    def question(view: View) -> list[types.DocumentHighlight]:
        text = view.draft.text
        found = occurrences(view, text.offset(to.place(params.position)))
        kinds = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}
        return [types.DocumentHighlight(to.range_of(text, o.span), kinds[o.declares]) for o in found]

    return await server.ask(params.text_document.uri, question)


async def _symbols(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    def question(view: View) -> list[types.DocumentSymbol]:
        return [to.symbol(view.draft.text, symbol) for symbol in outline(view)]

    return await server.ask(params.text_document.uri, question, scenarios=True)


# --- changes --------------------------------------------------------------------------------------------------


async def _prepare_rename(server: Server, params: types.PrepareRenameParams) -> types.Range | None:
    def question(view: View) -> types.Range | None:
        text = view.draft.text
        span = renamable(view, text.offset(to.place(params.position)))
        return to.range_of(text, span) if span else None

    return await server.ask(params.text_document.uri, question)


async def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    uri = params.text_document.uri

    def question(view: View) -> types.WorkspaceEdit:
        text = view.draft.text
        edits = rename(view, text.offset(to.place(params.position)), params.new_name)
        return server.edit(uri, view.draft, edits)

    try:
        return await server.ask(uri, question)
    except Refused as refused:
        raise JsonRpcInvalidParams(str(refused)) from None


async def _code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    uri, only = params.text_document.uri, params.context.only

    def question(view: View) -> list[types.CodeAction]:
        draft = view.draft
        found: list[types.CodeAction] = []
        if _is_wanted(_QUICK_FIX, only):
            wanted = actions(draft, server.findings(uri, draft), to.span_of(draft.text, params.range))
            found += [server.code_action(uri, draft, action) for action in wanted]
        if draft.is_program and _is_wanted(_FIX_ALL, only):
            found += server.fix_all(uri, draft, _FIX_ALL)
        return found

    return await server.ask(uri, question, scenarios=True, compiling=True)


async def _resolve(server: Server, action: types.CodeAction) -> types.CodeAction:
    """What an action changes that was offered without that: all safe fixes, of the text as it is by now."""
    uri = action.data.get("uri") if isinstance(action.data, dict) else None

    def question(view: View) -> types.WorkspaceEdit:
        return server.edit(str(uri), view.draft, mended(view.draft))

    if uri is not None:
        action.edit = await server.ask(str(uri), question, compiling=True)
    return action


async def _formatting(server: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    def question(view: View) -> list[types.TextEdit]:
        return to.text_edits(view.draft.text, laid_out(view.draft))

    # There is one layout: what the editor says of tabs and spaces is not asked.
    return await server.ask(params.text_document.uri, question, scenarios=True)


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether an editor that asks for some kinds of actions asks for this one: `source` is also `source.fixAll`."""
    return only is None or any(f"{kind}.".startswith(f"{each}.") or not each for each in map(_plain, only))


def _plain(kind: str) -> str:
    """A kind as text; those that the protocol lists come as members of an enumeration."""
    return str(getattr(kind, "value", kind))


def register(server: Server) -> None:
    """Tell pygls what answers what."""
    for method, answer in _ANSWERS.items():
        server.feature(method, _OPTIONS.get(method))(answer)


_ANSWERS: dict[str, Callable[..., Any]] = {
    types.TEXT_DOCUMENT_DID_OPEN: _did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: _did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: _did_close,
    types.SHUTDOWN: _shutdown,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_COMPLETION: _completion,
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlight,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare_rename,
    types.TEXT_DOCUMENT_RENAME: _rename,
    types.TEXT_DOCUMENT_CODE_ACTION: _code_action,
    types.CODE_ACTION_RESOLVE: _resolve,
    types.TEXT_DOCUMENT_FORMATTING: _formatting,
}
_OPTIONS: dict[str, Any] = {
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=_TRIGGERS),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(code_action_kinds=[_QUICK_FIX, _FIX_ALL]),
}


def serve() -> bool:
    """Serve the editor at standard input and output until it is gone; whether it said that it would go.

    Standard output is for messages of the protocol alone: what anything else prints goes to standard error.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # `Server` says what went wrong
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    server = Server()
    register(server)
    try:
        server.start_io(stdin, stdout)
    finally:
        server.pages.close()
    return server.ended
