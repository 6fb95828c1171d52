"""A whole edit over the protocol: from an empty file to a clean program, as an editor would send it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tiercel.compiler.driver import compile_bytes

from .client import Document, ServerError, started

TABS = {"tabSize": 8, "insertSpaces": False}  # which a layout of its own has no use for
Golden = Callable[[Path, str], None]


def test_from_an_empty_file_to_a_clean_program(golden: Golden) -> None:
    with started() as client:
        document = Document(client)
        begin(document)
        write_tiers(document)
        write_rules(document)
        assert document.found() == [("unknown-key", "perr")]
        mend(document)
        look_around(document)
        break_and_look_around(document)
        rename(document)
        allow_and_think_again(document)
        lay_out(document)
        assert document.findings() == []
        outline(document)
        document.close()
        assert client.findings(document.uri, None) == []
    golden(Path(__file__).parent / "whole-edit.yaml", document.text)
    compilation = compile_bytes("loyalty.yaml", document.text.encode())
    assert compilation.program is not None
    assert compilation.diagnostics == []


def begin(document: Document) -> None:
    assert {"tiercel", "program", "a new program"} <= document.offered().keys()
    document.type("tie")
    document.accept("tiercel")
    document.type("1\n")
    assert document.found() == [("missing-key", "tiercel")]
    document.accept("program")
    document.type("\n  ")
    document.accept("name")
    document.type("Café 🌳 Club\n  ")
    assert "name" not in document.offered()
    document.accept("currency")
    document.accept("CAD")
    document.type("\n")
    assert document.findings() == []


def write_tiers(document: Document) -> None:
    document.accept("customer")
    document.type("\n  wholesale: ")
    document.accept("boolean")
    document.type("\nvip:\n  ")
    document.accept("tiers")
    document.type("\n    ")
    document.accept("- id:")
    document.type("seed\n      ")
    document.accept("name")
    document.type('Seed\n    - {id: oak, name: "🌳🌳 Oak", when: ')
    document.accept("spend")
    document.type(" ")
    document.accept(">=")
    document.type("300 ")
    document.accept("and")
    document.type("spend >= 100}\n")
    assert document.found() == [("unused-attribute", "wholesale"), ("dead-clause", "spend >= 100")]


def write_rules(document: Document) -> None:
    """With a slip: a key with a letter too many."""
    document.accept("earn")
    document.type("\n  ")
    document.accept("- id:")
    document.type("orders\n    ")
    document.accept("activity")
    document.accept("order")
    document.type("\n    points: {")
    document.accept("seed")
    document.type("1, ")
    document.accept("oak")
    document.type("2}\n    perr: 1.00\n")
    document.type("exclude:\n  customers: ")
    document.accept("customer.wholesale")
    document.type("\n")


def mend(document: Document) -> None:
    at = document.place("perr") + 2
    offered = document.actions(at, at)
    assert list(offered) == ["write `per`", "make every safe fix"]
    assert offered["write `per`"]["isPreferred"]
    assert offered["write `per`"]["diagnostics"][0]["code"] == "unknown-key"
    everything = document.actions(0, 0, "source.fixAll")
    assert [(title, action["kind"]) for title, action in everything.items()] == [
        ("make every safe fix", "source.fixAll.tiercel")
    ]
    document.do(everything["make every safe fix"])
    assert "    per: 1.00\n" in document.text
    assert document.found() == [("dead-clause", "spend >= 100")]


def look_around(document: Document) -> None:
    """What is said of a tier, a name and a key; where a tier is declared and used."""
    said = document.ask("hover", document.place("oak: 2") + 1)
    assert document.written(said["range"]) == "oak"
    assert "*reached by:* `spend >= 300 and spend >= 100`" in said["contents"]["value"]
    assert "*an order earns:* 2 points per 1.00 (orders)" in said["contents"]["value"]
    # Behind the trees on its line, which are two units each.
    said = document.ask("hover", document.place("spend >= 100") + 2)
    assert document.written(said["range"]) == "spend"
    assert "money" in said["contents"]["value"]
    said = document.ask("hover", document.place("points") + 1)
    assert said["contents"]["value"].startswith("**`points`**")
    declared, used = document.place("oak"), document.place("oak: 2")
    (there,) = document.ask("definition", used + 1)
    assert document.offset(there["range"]["start"]) == declared
    assert uses(document, used, declaration=True) == [declared, used]
    assert uses(document, declared, declaration=False) == [used]
    (rule,) = document.ask("definition", document.place("id: orders") + 5)
    assert document.written(rule["range"]) == "orders"


def uses(document: Document, at: int, *, declaration: bool) -> list[int]:
    """Where the name at an offset stands."""
    found = document.ask("references", at, context={"includeDeclaration": declaration})
    return [document.offset(each["range"]["start"]) for each in found]


def break_and_look_around(document: Document) -> None:
    """While the text cannot be read, what is known of it stands in; changing names has to wait."""
    at = document.place("Café")
    document.change(at, at, '"')
    assert [name for name, _ in document.found()] == ["yaml-syntax"]
    said = document.ask("hover", document.place("oak: 2") + 1)
    assert document.written(said["range"]) == "oak"
    assert "2 points per 1.00" in said["contents"]["value"]
    assert uses(document, document.place("oak: 2"), declaration=True) == [
        document.place("oak"),
        document.place("oak: 2"),
    ]
    assert [symbol["name"] for symbol in document.about("documentSymbol")][:2] == ["tiercel", "program"]
    with pytest.raises(ServerError, match="mend it first"):
        document.ask("rename", document.place("oak"), newName="elm")
    document.change(at, at + 1, "")
    assert document.found() == [("dead-clause", "spend >= 100")]


def rename(document: Document) -> None:
    there = document.ask("prepareRename", document.place("oak: 2"))
    assert document.written(there) == "oak"
    assert document.ask("prepareRename", document.place("CAD")) is None
    for name, why in (("Elm", "an id has lower-case letters"), ("seed", "there is a tier `seed` already")):
        with pytest.raises(ServerError, match=why):
            document.ask("rename", document.place("oak"), newName=name)
    document.do(document.ask("rename", document.place("oak: 2"), newName="elm"))
    assert "{id: elm," in document.text
    assert "{seed: 1, elm: 2}" in document.text
    assert document.found() == [("dead-clause", "spend >= 100")]


def allow_and_think_again(document: Document) -> None:
    """A comment without a reason hides nothing, one with a reason does; then the clause goes, and the comment."""
    at = document.place("spend >= 100")
    offered = document.actions(at, at)
    assert list(offered) == ["delete `spend >= 100` (unsafe)", "allow `dead-clause` here: say why"]
    assert not any(action.get("isPreferred") for action in offered.values())
    document.do(offered["allow `dead-clause` here: say why"])
    assert [name for name, _ in document.found()] == ["bad-allow", "dead-clause"]
    reason = document.place("allow[dead-clause]: ") + len("allow[dead-clause]: ")
    document.change(reason, reason, "it may go up to 400")
    assert document.findings() == []
    at = document.place(" and spend >= 100")
    document.change(at, at + len(" and spend >= 100"), "")
    assert [name for name, _ in document.found()] == ["unused-allow"]
    at = document.place("dead-clause")
    document.do(document.actions(at, at)["delete the comment"])


def lay_out(document: Document) -> None:
    """A text that cannot be read stays as it is; one that can is laid out by small changes, once and for all."""
    end = len(document.text)
    document.type("[")
    assert document.about("formatting", options=TABS) == []
    document.change(end, end + 1, "")
    edits = document.about("formatting", options=TABS)
    assert edits
    changed = {
        line for edit in edits for line in range(edit["range"]["start"]["line"], edit["range"]["end"]["line"])
    }
    assert len(changed) < document.text.count("\n")
    document.apply(edits)
    assert document.about("formatting", options=TABS) == []


def outline(document: Document) -> None:
    found = document.about("documentSymbol")
    names = {symbol["name"]: [below["name"] for below in symbol["children"]] for symbol in found}
    assert names == {
        "tiercel": [],
        "program": [],
        "customer": ["wholesale"],
        "vip": ["seed", "elm"],
        "earn": ["orders"],
        "exclude": [],
    }
    for symbol in (below for section in found for below in section["children"]):
        assert document.written(symbol["selectionRange"]) == symbol["name"]
