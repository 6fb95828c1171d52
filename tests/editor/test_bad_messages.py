"""The language server as a process: texts and messages that nobody should send, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .client import CAPABILITIES, PATIENCE, Client, Document, ServerError, started
from .shop import DEAD, PROGRAM


@pytest.fixture(scope="module")
def running() -> Iterator[Client]:
    """One server for one text after the other."""
    with started() as client:
        yield client


def at(uri: str, line: int, character: int) -> dict[str, Any]:
    """The parameters that ask about a place."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_are_kept(line_end: str) -> None:
    with started() as client:
        document = Document(client, PROGRAM.replace("\n", line_end))
        document.line_end = line_end
        assert document.found() == DEAD
        at = document.place("spend >= 100")
        document.do(document.actions(at, at)["allow `dead-clause` here: say why"])
        assert "\n" not in document.text.replace(line_end, "")
        assert document.text.count(line_end) == PROGRAM.count("\n") + 1
        document.do(document.ask("rename", document.place("oak"), newName="elm"))
        assert [name for name, _ in document.found()] == ["bad-allow", "dead-clause"]
        document.apply(document.about("formatting", options={"tabSize": 4, "insertSpaces": True}))
        assert "\n" not in document.text.replace(line_end, "")
        assert [name for name, _ in document.found()] == ["bad-allow", "dead-clause"]


def test_a_byte_order_mark_counts_as_a_column() -> None:
    with started() as client:
        document = Document(client, "\ufeff" + PROGRAM.replace("tiercel: 1", "tiercel: 3"))
        (found,) = document.findings()
        assert (found["range"]["start"], document.written(found["range"])) == (
            {"line": 0, "character": 10},
            "3",
        )


@pytest.mark.parametrize(
    "text",
    [
        "tiercel: 1\n" + "[" * 100_000,
        "tiercel: 1\na: " + "{a: " * 5_000,
        "tiercel: 1\nprogram:\n" + "".join(" " * n + "a:\n" for n in range(2_000)),
        "tiercel: 1\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b, *a]\n",
        "tiercel: 1\n\0\0\x07\x1b[31m",
        "tiercel: 1\nprogram: {name: '\ud83c', currency: \udfff}\n",
        "tiercel: 1\n" + "x" * 2_000_000,
        "tiercel: !!python/object/apply:os.system ['true']\n",
        "tiercel: 1\nvip: {tiers: [{id: a, when: '" + "(" * 3_000 + "'}]}\n",
        "tiercel: 1\nearn: {{: - ? !&*|>%@`\n\t- \u2028\x85",
        "{tiercel: 1}\n---\n{tiercel: 1}\n...\n",
    ],
    ids=[
        "brackets",
        "braces",
        "deep",
        "aliases",
        "control",
        "surrogates",
        "huge",
        "tag",
        "condition",
        "noise",
        "many",
    ],
)
def test_a_hostile_text_gets_findings_and_the_server_goes_on(text: str, running: Client) -> None:
    hostile = Document(running, text, "file:///shop/hostile.yaml")
    assert any(found["severity"] == 1 for found in hostile.findings())
    # Every question has an answer, though it may be that there is nothing.
    for line, character in ((0, 3), (1, 8), (10**6, 10**6)):
        place = at(hostile.uri, line, character)
        for method in ("hover", "completion", "definition", "documentHighlight", "prepareRename"):
            running.request(f"textDocument/{method}", **place)
        stretch = {"start": place["position"], "end": place["position"]}
        hostile.about("codeAction", range=stretch, context={"diagnostics": []})
    hostile.about("documentSymbol")
    hostile.about("formatting", options={"tabSize": 4, "insertSpaces": True})
    hostile.close()
    plain = Document(running, PROGRAM, "file:///shop/plain.yaml")
    assert plain.found() == DEAD
    plain.close()
    running.notifications.clear()
    assert running.errors == []


def test_other_yaml_files_are_left_alone() -> None:
    with started() as client:
        other = Document(client, "program:\n  name: web\ncustomer: {image: [}\n", "file:///shop/compose.yaml")
        stretch = {"start": other.position(0), "end": other.position(30)}
        assert other.about("documentSymbol") is None
        assert other.about("codeAction", range=stretch, context={"diagnostics": []}) is None
        assert other.about("formatting", options={"tabSize": 4, "insertSpaces": True}) is None
        for method in ("hover", "definition", "completion", "documentHighlight", "prepareRename"):
            assert other.ask(method, other.place("name")) is None
        Document(client, PROGRAM).findings()
        assert other.uri not in [each["params"]["uri"] for each in client.published()]
        other.change(0, 0, "tiercel: 1\n")
        assert other.findings() != []
        other.change(0, len(other.text), "program: {}\n")
        assert other.findings() == []  # it is a program no more


def refusal(client: Client, method: str, **params: Any) -> str:
    """Why the server refuses a request."""
    with pytest.raises(ServerError) as refused:
        client.request(method, **params)
    return str(refused.value)


def test_what_cannot_be_understood_is_refused_and_the_server_goes_on() -> None:
    with started() as client:
        assert refusal(client, "shop/open") == "Method Not Found: shop/open"
        assert refusal(client, "textDocument/implementation", **at("file:///x", 0, 0)).startswith(
            "Method Not Found"
        )
        assert refusal(client, "textDocument/hover") == "Invalid Params"
        assert (
            refusal(client, "textDocument/rename", textDocument=7, position=[], newName={})
            == "Invalid Params"
        )
        assert client.request("textDocument/hover", **at("file:///never/opened.yaml", 0, 0)) is None
        for method in ("$/unheard", "textDocument/didChange", "textDocument/didClose"):
            client.notify(
                method, textDocument={"uri": "file:///never/opened.yaml", "version": 1}, contentChanges=[]
            )
        client.notify("textDocument/didOpen", textDocument={})
        client.notify("$/cancelRequest", id=12345)
        for body in (b"[1, 2]", b'"text"', b"{", b"\xff\xfe", b'{"jsonrpc": "2.0", "id": 99, "result": 1}'):
            client.send_bytes(body)
        assert Document(client, PROGRAM).found() == DEAD


def test_a_question_can_be_called_back() -> None:
    with started() as client:
        document = Document(client, PROGRAM)
        client.send({"id": "first", "method": "textDocument/hover", "params": at(document.uri, 5, 11)})
        client.notify("$/cancelRequest", id="first")
        assert document.found() == DEAD


@pytest.mark.parametrize("asked", [True, False])
def test_an_editor_that_goes_without_a_word_ends_the_server(asked: bool) -> None:
    client = Client(CAPABILITIES)
    Document(client, PROGRAM)
    if asked:
        client.send({"method": "exit"})
    client.process.stdin.close()  # type: ignore[union-attr]
    assert client.process.wait(PATIENCE) == 1
