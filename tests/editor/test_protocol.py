"""What the protocol says of messages: versions that are missing, what comes too early or too late, what is none."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from .client import PATIENCE, Document, started

PROGRAM = """\
tiercel: 1
program: {name: Tea Shop, currency: CAD}
vip:
  tiers:
    - {id: seed, name: Seed}
    - {id: oak, name: Oak, when: spend >= 300 and spend >= 100}
"""
CLEAN = PROGRAM.replace(" and spend >= 100", "")
INITIALIZE = {
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}
HOVER = {
    "method": "textDocument/hover",
    "params": {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}},
}


@pytest.mark.parametrize("named", [{}, {"version": None}], ids=["missing", "null"])
def test_a_change_is_taken_in_whose_version_is_not_named(named: dict[str, Any]) -> None:
    with started() as client:
        uri = "file:///shop/loyalty.yaml"
        text = {"uri": uri, "languageId": "yaml", "text": PROGRAM, **named}
        client.notify("textDocument/didOpen", textDocument=text)
        assert [each["code"] for each in client.findings(uri, None)] == ["dead-clause"]
        seen = len(client.notifications)
        change = [{"text": CLEAN}]
        client.notify("textDocument/didChange", textDocument={"uri": uri, **named}, contentChanges=change)
        assert client.next_findings(uri, seen) == []
        assert "version" not in client.published()[-1]["params"]


def spoken(*bodies: bytes | dict[str, Any]) -> tuple[int, list[dict[str, Any]], str]:
    """What a server answers to messages as they are, that it ends with, and says on standard error."""
    command = [sys.executable, "-m", "tiercel", "lsp"]
    sent = [
        body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", **body}).encode()
        for body in bodies
    ]
    said = subprocess.run(
        command,
        input=b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in sent),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    parts = said.stdout.split(b"\r\n\r\n")[1:]
    return (
        said.returncode,
        [json.loads(part.partition(b"Content-Length")[0]) for part in parts],
        said.stderr.decode(),
    )


def refusals(answers: list[dict[str, Any]]) -> list[tuple[Any, int]]:
    """The errors among some answers: of which request, and with what code."""
    return [(answer["id"], answer["error"]["code"]) for answer in answers if "error" in answer]


def test_nothing_is_answered_before_the_beginning_and_after_the_end() -> None:
    text = {"uri": "file:///a", "languageId": "yaml", "version": 1, "text": PROGRAM}
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": text}}
    code, answers, errors = spoken(
        {"id": 7, **HOVER},
        opened,
        INITIALIZE,
        {**INITIALIZE, "id": 2},
        {"id": 3, "method": "shutdown"},
        {"id": "late", **HOVER},
        {"method": "exit"},
    )
    assert refusals(answers) == [(7, -32002), (2, -32600), ("late", -32600)]
    assert [answer["id"] for answer in answers] == [7, 1, 2, 3, "late"]
    assert (code, errors) == (0, "")


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (b"{", (None, -32700)),
        (b"\xff\xfe", (None, -32700)),
        (b"[" * 100_000, (None, -32700)),
        (b"5", (None, -32600)),
        (b"[]", (None, -32600)),
        (b'{"id": 9, "method": "shutdown"}', (9, -32600)),
        (b'{"jsonrpc": "2.0", "id": 9, "method": "textDocument/hover", "params": 7}', (9, -32602)),
    ],
    ids=["unfinished", "no-utf8", "deep", "number", "batch", "no-version", "no-params"],
)
def test_what_is_no_message_is_refused_and_the_server_goes_on(body: bytes, refused: tuple[Any, int]) -> None:
    code, answers, errors = spoken(INITIALIZE, body, {"id": 2, "method": "shutdown"}, {"method": "exit"})
    assert refusals(answers) == [refused]
    assert answers[-1] == {"id": 2, "jsonrpc": "2.0", "result": None}
    assert code == 0
    assert "Traceback" not in errors
    assert len(errors.splitlines()) <= 1


def test_a_notification_that_cannot_be_read_is_in_the_log() -> None:
    change = {
        "method": "textDocument/didChange",
        "params": {"textDocument": {"uri": "file:///a"}, "contentChanges": 7},
    }
    _, answers, errors = spoken(INITIALIZE, change)
    assert len(answers) == 1
    assert errors.endswith("cannot read a message `textDocument/didChange`: it is left out\n")


def test_exit_ends_the_server_while_the_editor_still_listens() -> None:
    with started() as client:
        Document(client, PROGRAM).findings()
        client.request("shutdown")
        client.send({"method": "exit"})
        assert client.process.wait(PATIENCE) == 0
        client.stop = lambda: 0  # type: ignore[method-assign]  # there is nothing left to stop


@pytest.mark.parametrize("begun", [b"", b"Content-Length: 100\r\n", b'Content-Length: 100\r\n\r\n{"id"'])
def test_an_editor_that_dies_within_a_message_ends_the_server(begun: bytes) -> None:
    command = [sys.executable, "-m", "tiercel", "lsp"]
    said = subprocess.run(command, input=begun, capture_output=True, timeout=PATIENCE, check=False)
    assert said.returncode == 1
    assert b"Traceback" not in said.stderr
