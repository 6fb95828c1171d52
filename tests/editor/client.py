"""A client of the language server as an editor is one: it starts `tiercel lsp`, and speaks JSON-RPC over its pipes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any

PATIENCE = 60  # seconds until a test fails that would wait for ever

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True},
        "completion": {"completionItem": {"snippetSupport": True}},
        "rename": {"prepareSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
    },
}


class ServerError(Exception):
    """The server answered a request with an error."""


class Client:
    """Sends messages, and waits for what comes back. Nothing but messages may come out of the server."""

    def __init__(self, capabilities: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "tiercel", "lsp", "--stdio"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.messages: Queue[dict[str, Any] | None] = Queue()
        self.notifications: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self.requests = 0
        Thread(target=self._read, daemon=True).start()
        Thread(target=self._read_errors, daemon=True).start()
        self.initialized = self.request("initialize", processId=None, rootUri=None, capabilities=capabilities)
        self.notify("initialized")

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while line := stream.readline():
            name, _, length = line.partition(b": ")
            assert name == b"Content-Length", line
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(int(length))))
        self.messages.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr
        self.errors.extend(line.decode() for line in self.process.stderr)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message as it is."""
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body: bytes) -> None:
        """Send what may be no message at all."""
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def request(self, method: str, **params: Any) -> Any:
        """Send a request, and wait for its result. Raises `ServerError` where that is an error."""
        self.requests += 1
        number = self.requests
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.messages.get(timeout=PATIENCE)
            assert message is not None, "the server ended: " + "".join(self.errors)
            if message.get("id") == number:
                break
            self.notifications.append(message)
        if "error" in message:
            raise ServerError(message["error"]["message"])
        return message["result"]

    def findings(self, uri: str, version: int | None) -> list[dict[str, Any]]:
        """Wait until the findings of that version of a text are published."""
        seen = 0
        while True:
            for message in self.notifications[seen:]:
                params = message.get("params", {})
                if params.get("uri") == uri and params.get("version") == version:
                    found: list[dict[str, Any]] = params["diagnostics"]
                    return found
            seen = len(self.notifications)
            message = self.messages.get(timeout=PATIENCE)
            assert message is not None, "the server ended: " + "".join(self.errors)
            self.notifications.append(message)

    def next_findings(self, uri: str, seen: int) -> list[dict[str, Any]]:
        """Wait until findings of a text are published, after the first `seen` notifications."""
        while True:
            for message in self.notifications[seen:]:
                if message.get("params", {}).get("uri") == uri:
                    found: list[dict[str, Any]] = message["params"]["diagnostics"]
                    return found
            seen = len(self.notifications)
            message = self.messages.get(timeout=PATIENCE)
            assert message is not None, "the server ended: " + "".join(self.errors)
            self.notifications.append(message)

    def published(self) -> list[dict[str, Any]]:
        """The findings that came so far."""
        return [each for each in self.notifications if each["method"] == "textDocument/publishDiagnostics"]

    def stop(self) -> int:
        """Shut the server down as the protocol asks for; its exit code."""
        self.request("shutdown")
        self.send({"method": "exit"})
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(PATIENCE)


@contextmanager
def started(capabilities: dict[str, Any] | None = None) -> Iterator[Client]:
    """A server that runs; it has to end well."""
    client = Client(CAPABILITIES if capabilities is None else capabilities)
    try:
        yield client
        assert client.stop() == 0, "".join(client.errors)
    finally:
        client.process.kill()
        client.process.wait()


class Document:
    """A text that is open in the editor; changes are sent as the editor makes them."""

    def __init__(self, client: Client, text: str = "", uri: str = "file:///shop/loyalty.yaml") -> None:
        self.client, self.uri, self.text, self.version = client, uri, text, 1
        self.line_end = "\n"
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        client.notify("textDocument/didOpen", textDocument=item)

    def position(self, offset: int) -> dict[str, int]:
        """A place as UTF-16 has it."""
        lines = self.text[:offset].split(self.line_end)
        return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le", "surrogatepass")) // 2}

    def offset(self, position: dict[str, int]) -> int:
        """A place of the protocol as an offset."""
        lines = self.text.split(self.line_end)
        line = (
            lines[position["line"]]
            .encode("utf-16-le", "surrogatepass")[: position["character"] * 2]
            .decode("utf-16-le")
        )
        return sum(len(each) + len(self.line_end) for each in lines[: position["line"]]) + len(line)

    def written(self, stretch: dict[str, Any]) -> str:
        """The text in a range of the protocol."""
        return self.text[self.offset(stretch["start"]) : self.offset(stretch["end"])]

    def change(self, start: int, end: int, text: str) -> None:
        """Replace a stretch of the text."""
        stretch = {"start": self.position(start), "end": self.position(end)}
        self.text = self.text[:start] + text + self.text[end:]
        self.version += 1
        self.client.notify(
            "textDocument/didChange",
            textDocument={"uri": self.uri, "version": self.version},
            contentChanges=[{"range": stretch, "text": text}],
        )

    def type(self, text: str) -> None:
        """Write at the end of the text."""
        self.change(len(self.text), len(self.text), text)

    def apply(self, edits: list[dict[str, Any]]) -> None:
        """Make changes that the server proposed, from the end on."""
        stretches = [(self.offset(e["range"]["start"]), self.offset(e["range"]["end"]), e) for e in edits]
        for start, end, edit in sorted(stretches, key=lambda s: s[:2], reverse=True):
            self.change(start, end, edit["newText"])

    def findings(self) -> list[dict[str, Any]]:
        """What is found in the text as it is."""
        return self.client.findings(self.uri, self.version)

    def found(self) -> list[tuple[str, str]]:
        """The same as names, each with the text that it points at."""
        return [(each["code"], self.written(each["range"])) for each in self.findings()]

    def offered(self) -> dict[str, dict[str, Any]]:
        """What is offered at the end of the text, by its label."""
        offer = self.ask("completion", len(self.text))
        return {item["label"]: item for item in offer["items"]} if offer else {}

    def accept(self, label: str, *filled: str) -> None:
        """Take what is offered at the end of the text under a label; `filled` goes into its places, one by one."""
        edit = self.offered()[label]["textEdit"]
        for number, value in enumerate(filled, start=1):
            edit["newText"] = re.sub(rf"\$\{{{number}(?::[^}}]*)?\}}|\${number}", value, edit["newText"])
        self.apply([edit])

    def actions(self, start: int, end: int, *only: str) -> dict[str, dict[str, Any]]:
        """What can be done about a stretch of the text, by its title."""
        stretch = {"start": self.position(start), "end": self.position(end)}
        context: dict[str, Any] = {"diagnostics": [], **({"only": only} if only else {})}
        return {a["title"]: a for a in self.about("codeAction", range=stretch, context=context)}

    def do(self, action: dict[str, Any]) -> None:
        """Make the changes of an action, or of a renaming."""
        edit = action.get("edit", action)
        (edits,) = edit["changes"].values()
        assert list(edit["changes"]) == [self.uri]
        self.apply(edits)

    def close(self) -> None:
        """Close the text."""
        self.client.notify("textDocument/didClose", textDocument={"uri": self.uri})

    def ask(self, method: str, offset: int, **more: Any) -> Any:
        """Ask about a place of the text."""
        return self.client.request(
            f"textDocument/{method}", textDocument={"uri": self.uri}, position=self.position(offset), **more
        )

    def about(self, method: str, **more: Any) -> Any:
        """Ask about the whole text."""
        return self.client.request(f"textDocument/{method}", textDocument={"uri": self.uri}, **more)

    def place(self, text: str, occurrence: int = 0) -> int:
        """Where a text stands: the offset of its first letter."""
        at = -1
        for _ in range(occurrence + 1):
            at = self.text.index(text, at + 1)
        return at
