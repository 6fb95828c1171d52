"""From what Tiercel says to what the Language Server Protocol has for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from lsprotocol import types
from pygls.uris import from_fs_path

from ..compiler.diagnostics import Diagnostic, Edit, Severity
from ..compiler.source import Span
from .actions import Action
from .completion import Offer
from .index import Thing
from .positions import Place, Text
from .scenario_hover import There
from .suggestion import Sort, Suggestion, filled_in
from .symbols import Symbol

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
# What an editor may grey out: it is there, and makes no difference.
_WITHOUT_EFFECT = {"dead-clause", "unused-allow", "unused-attribute"}
_SORTS = {
    Sort.KEY: types.CompletionItemKind.Property,
    Sort.WORD: types.CompletionItemKind.EnumMember,
    Sort.ID: types.CompletionItemKind.Reference,
    Sort.NAME: types.CompletionItemKind.Variable,
    Sort.OPERATOR: types.CompletionItemKind.Operator,
    Sort.SNIPPET: types.CompletionItemKind.Snippet,
}
_THINGS = {
    None: types.SymbolKind.Namespace,
    Thing.TIER: types.SymbolKind.Class,
    Thing.RULE: types.SymbolKind.Function,
    Thing.CAMPAIGN: types.SymbolKind.Event,
    Thing.ATTRIBUTE: types.SymbolKind.Field,
    Thing.SCENARIO: types.SymbolKind.Method,
}


def place(position: types.Position) -> Place:
    """A position of the protocol."""
    return Place(position.line, position.character)


def position(text: Text, offset: int) -> types.Position:
    """An offset as a position of the protocol."""
    found = text.place(offset)
    return types.Position(found.line, found.column)


def range_of(text: Text, span: Span) -> types.Range:
    """A stretch of the text as a range of the protocol."""
    return types.Range(position(text, span.start), position(text, span.end))


def location(there: There) -> types.Location:
    """A place in a program that is open, or on disk."""
    neighbour = there.neighbour
    uri = neighbour.uri or from_fs_path(os.path.abspath(neighbour.path)) or ""
    return types.Location(uri, range_of(neighbour.view.draft.text, there.span))


def span_of(text: Text, stretch: types.Range) -> Span:
    """A range of the protocol as a stretch of the text."""
    return Span(text.offset(place(stretch.start)), text.offset(place(stretch.end)))


def text_edits(text: Text, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Changes of the text."""
    return [types.TextEdit(range_of(text, edit.span), edit.text) for edit in edits]


def markdown(text: str) -> types.MarkupContent:
    """Markdown."""
    return types.MarkupContent(types.MarkupKind.Markdown, text)


# --- findings -------------------------------------------------------------------------------------------------


def diagnostic(
    text: Text, uri: str, found: Diagnostic, *, related: bool, page: str | None = None
) -> types.Diagnostic:
    """A finding. Where an editor shows no related places, what is said of them goes into the message."""
    labels = (
        []
        if related
        else [f"line {text.place(label.span.start).line + 1}: {label.message}" for label in found.labels]
    )
    message = "\n".join([found.message, *labels, *found.notes, *([found.help] if found.help else [])])
    return types.Diagnostic(
        range=range_of(text, found.span),
        message=message,
        severity=_SEVERITIES[found.severity],
        code=found.name,
        code_description=types.CodeDescription(page) if page else None,
        source="tiercel",
        tags=[types.DiagnosticTag.Unnecessary] if found.name in _WITHOUT_EFFECT else None,
        related_information=list(_related(text, uri, found)) if related and found.labels else None,
    )


def _related(text: Text, uri: str, found: Diagnostic) -> Iterator[types.DiagnosticRelatedInformation]:
    for label in found.labels:
        location = types.Location(uri, range_of(text, label.span))
        yield types.DiagnosticRelatedInformation(location, label.message)


def workspace_edit(
    text: Text, uri: str, edits: Iterable[Edit], *, version: int | None, versioned: bool
) -> types.WorkspaceEdit:
    """Changes of one text; where the editor knows how (`versioned`), of that version of it and no other."""
    changes = text_edits(text, edits)
    if not versioned:
        return types.WorkspaceEdit(changes={uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])


def code_action(action: Action, about: types.Diagnostic, edit: types.WorkspaceEdit) -> types.CodeAction:
    """Something to do about a finding."""
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[about],
        is_preferred=action.preferred or None,
        edit=edit,
    )


# --- what is offered, and the outline -------------------------------------------------------------------------


def completions(text: Text, offer: Offer, *, snippets: bool) -> types.CompletionList:
    """What can be written, in the order in which it is offered."""
    stretch = range_of(text, offer.span)
    items = [_completion(each, n, stretch, snippets) for n, each in enumerate(offer.suggestions)]
    return types.CompletionList(is_incomplete=False, items=items)


def _completion(
    offered: Suggestion, number: int, stretch: types.Range, snippets: bool
) -> types.CompletionItem:
    snippet = offered.snippet and snippets
    text = filled_in(offered.text) if offered.snippet and not snippets else offered.text
    return types.CompletionItem(
        label=offered.label,
        kind=_SORTS[offered.sort],
        detail=offered.detail or None,
        documentation=markdown(offered.documentation) if offered.documentation else None,
        sort_text=f"{number:04}",
        text_edit=types.TextEdit(stretch, text),
        insert_text_format=types.InsertTextFormat.Snippet if snippet else types.InsertTextFormat.PlainText,
    )


def symbol(text: Text, found: Symbol) -> types.DocumentSymbol:
    """A part of the outline."""
    return types.DocumentSymbol(
        name=found.name,
        detail=found.detail or None,
        kind=_THINGS[found.thing],
        range=range_of(text, found.span),
        selection_range=range_of(text, found.name_span),
        children=[symbol(text, below) for below in found.below],
    )
