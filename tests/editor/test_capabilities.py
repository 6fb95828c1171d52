"""The language server as a process: what editors can do, and what they are told that it can."""

from __future__ import annotations

import pytest

from .client import CAPABILITIES, Document, started
from .shop import CLEAN, DEAD, PROGRAM


def test_what_the_server_can_do_is_said_at_the_start() -> None:
    with started() as client:
        can = client.initialized["capabilities"]
        assert can["textDocumentSync"]["change"] == 2  # changes, rather than whole texts
        assert can["renameProvider"] == {"prepareProvider": True}
        assert can["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.tiercel"]
        assert client.initialized["serverInfo"]["name"] == "tiercel"


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [
        (["utf-8", "utf-16", "utf-32"], "utf-8", 29),
        (["utf-32", "utf-16"], "utf-32", 26),
        (["utf-16"], "utf-16", 27),
        ([], "utf-16", 27),
        (None, "utf-16", 27),
    ],
)
def test_columns_are_counted_as_agreed(offered: list[str] | None, chosen: str, column: int) -> None:
    capabilities = {"general": {"positionEncodings": offered}} if offered is not None else {}
    with started(capabilities) as client:
        assert client.initialized["capabilities"]["positionEncoding"] == chosen
        document = Document(client, PROGRAM)
        (found,) = document.findings()
        start = found["range"]["start"]
        assert (start["line"], start["character"]) == (
            5,
            PROGRAM.splitlines()[5].index("spend >= 100") + column - 26,
        )
        said = client.request(
            "textDocument/hover",
            textDocument={"uri": document.uri},
            position={"line": 5, "character": start["character"]},
        )
        assert said["range"]["start"] == start


def test_an_editor_that_knows_little() -> None:
    with started({}) as client:
        document = Document(client, PROGRAM)
        (found,) = document.findings()
        # Related places and pages have no fields in it: what they say is in the message.
        assert "relatedInformation" not in found
        assert "line 6: this decides it" in found["message"]
        document.type("x: ")
        fresh = Document(client, "", "file:///shop/new.yaml")
        snippet = fresh.offered()["a new program"]
        assert snippet["insertTextFormat"] == 1
        assert "$" not in snippet["textEdit"]["newText"]


def test_an_editor_that_names_versions_gets_changes_of_that_version() -> None:
    with started({**CAPABILITIES, "workspace": {"workspaceEdit": {"documentChanges": True}}}) as client:
        document = Document(client, PROGRAM)
        document.type("# the end\n")
        edit = document.ask("rename", document.place("oak"), newName="elm")
        (change,) = edit["documentChanges"]
        assert change["textDocument"] == {"uri": document.uri, "version": 2}
        assert [each["newText"] for each in change["edits"]] == ["elm", "elm"]


def test_all_fixes_are_worked_out_once_they_are_chosen_where_the_editor_can_wait() -> None:
    later = {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}
    document = {
        **CAPABILITIES["textDocument"],
        "codeAction": {**CAPABILITIES["textDocument"]["codeAction"], **later},
    }
    with started({**CAPABILITIES, "textDocument": document}) as client:
        text = Document(client, PROGRAM.replace("currency", "curency"))
        assert text.actions(0, 0)["make every safe fix"].get("edit") is None
        (offered,) = text.actions(0, 0, "source").values()
        assert "edit" not in offered
        text.change(0, 0, "# before everything\n")  # it is the text of then that is fixed
        text.do(client.request("codeAction/resolve", **offered))
        assert text.text == "# before everything\n" + PROGRAM
        assert text.actions(0, 0) == {}
        # One that needs nothing more stays as it is; of a text that is closed, nothing is known.
        at = text.place("spend >= 100")
        whole = text.actions(at, at)["delete `spend >= 100` (unsafe)"]
        assert client.request("codeAction/resolve", **whole) == whole
        text.close()
        assert client.request("codeAction/resolve", **offered).get("edit") is None


def test_a_whole_text_can_be_sent_as_a_change() -> None:
    with started() as client:
        document = Document(client, PROGRAM)
        changes = [{"text": "tiercel: 2\n"}, {"text": CLEAN}]
        document.text, document.version = CLEAN, 2
        version = {"uri": document.uri, "version": 2}
        client.notify("textDocument/didChange", textDocument=version, contentChanges=changes)
        assert document.findings() == []


def test_several_changes_at_once_are_made_one_after_the_other() -> None:
    with started() as client:
        document = Document(client, "")
        here = {"line": 0, "character": 0}
        document.text, document.version = PROGRAM, 2
        changes = [
            {"range": {"start": here, "end": here}, "text": line}
            for line in reversed(PROGRAM.splitlines(True))
        ]
        version = {"uri": document.uri, "version": 2}
        client.notify("textDocument/didChange", textDocument=version, contentChanges=changes)
        assert document.found() == DEAD
