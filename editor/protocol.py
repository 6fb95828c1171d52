"""The protocol as pygls has it: with an answer to every request, and without pygls' own copies of texts.

Those count lines by `str.splitlines`, which takes more for line ends than the protocol does, and place a column behind
a line's end somewhere else. `Text` follows the protocol.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

NO_VERSION = -1  # of a text whose editor names none, or null, as older editions of the protocol have it
_VERSIONED = (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE)

_log = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """What pygls leaves without an answer is refused, so that no editor waits for ever."""

    _begun = False  # whether the editor has initialized the server

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message. A request that cannot be read is refused; of anything else the log has a line."""
        if data.get("method") in _VERSIONED:
            _add_version(data)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), int | str):
                self.refuse(data["id"], error)
            else:
                _log.warning("cannot read a message `%s`: it is left out", data.get("method", ""))
            raise

    def handle_message(self, message: Any) -> None:
        """Pass a message on, unless it is none, or comes before the beginning or after the end."""
        number = message.get("id") if isinstance(message, dict) else getattr(message, "id", None)
        refusal = self._refusal(message)
        if refusal is None:
            super().handle_message(message)
        elif number is not None or not hasattr(message, "method"):
            self.refuse(number if isinstance(number, int | str) else None, refusal)

    def _refusal(self, message: Any) -> JsonRpcException | None:
        if not hasattr(message, "jsonrpc"):
            return JsonRpcInvalidRequest("this is no message of JSON-RPC 2.0")
        method = getattr(message, "method", None)
        if method in (None, types.EXIT):
            return None
        if self._shutdown:
            return JsonRpcInvalidRequest("the server was asked to shut down")
        if method == types.INITIALIZE:
            begun, self._begun = self._begun, True
            return JsonRpcInvalidRequest("the server is initialized already") if begun else None
        return None if self._begun else JsonRpcServerNotInitialized()

    def refuse(self, number: int | str | None, why: JsonRpcException) -> None:
        """Answer a request with an error; where its number cannot be known, to none."""
        error = why.to_response_error()
        if number is None:
            said = {"code": error.code, "message": error.message}
            self._send_data({"jsonrpc": self.VERSION, "id": None, "error": said})
        else:
            self._send_response(number, None, error)

    def refuse_unreadable(self, why: Exception) -> None:
        """Answer what is no JSON."""
        _log.warning("cannot read a message: it is no JSON in UTF-8 (%s)", why)
        self.refuse(None, JsonRpcParseError())

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


def _add_version(message: dict[str, Any]) -> None:
    """Give the text of a message the version that stands for none, if it has none: a change has to be taken in."""
    params = message.get("params")
    document = params.get("textDocument") if isinstance(params, dict) else None
    if isinstance(document, dict) and document.get("version") is None:
        document["version"] = NO_VERSION
