"""What a baseline holds when a file changes, and which texts are none.

In `same/CASE` a baseline of `before.yaml` holds all of `after.yaml`; in `new/CASE` what it does not hold, and what is
gone, is in `after.out`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.baseline import BaselineError, Held, parse, render
from tiercel.compiler.diagnostics import Report, Severity
from tiercel.compiler.driver import Compilation, compile_bytes
from tiercel.compiler.fingerprint import fingerprints, marks
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import Mapping, Node, Scalar

HERE = Path(__file__).parent
LINTS = HERE.parent / "lint"
MISTAKES = HERE.parents[1] / "programs" / "mistakes"
# What these find is lost when a file is read and written anew.
ABOUT_TEXT = {
    "unquoted-hash",
    "confusable-text",
    "bad-allow",
    "expired-allow",
    "unknown-allow",
    "unused-allow",
}
FOUND = sorted(LINTS.glob("*/bad/*.yaml"))
OF_MEANING = [path for path in FOUND if path.parent.parent.name not in ABOUT_TEXT]

Golden = Callable[[Path, str], None]


def compiled(text: str) -> Compilation:
    return compile_bytes("shop.yaml", text.encode())


def held(compilation: Compilation, file: str = "shop.yaml") -> frozenset[Held]:
    lints = [d for d in compilation.diagnostics if d.severity is not Severity.ERROR]
    found = marks(compilation.source, lints, file)
    return frozenset(Held(file, d.name, *mark) for d, mark in zip(lints, found, strict=True))


def read(folder: Path, which: str) -> frozenset[Held]:
    return held(compiled((folder / f"{which}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", sorted((HERE / "same").iterdir()), ids=lambda path: path.name)
def test_the_same_findings(folder: Path) -> None:
    assert read(folder, "before") >= read(folder, "after") != frozenset()


@pytest.mark.parametrize("folder", sorted((HERE / "new").iterdir()), ids=lambda path: path.name)
def test_new_findings(folder: Path, golden: Golden) -> None:
    before, after = read(folder, "before"), read(folder, "after")
    lines = [f"new   {h.name} at {h.at}" for h in sorted(after - before)]
    lines += [f"gone  {h.name} at {h.at}" for h in sorted(before - after)]
    golden(folder / "after.out", "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_lines_and_comments_around_are_no_matter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = compiled(text), compiled(spread(text))
    assert len(after.source.text) > len(text)
    if path.parent.parent.name not in ABOUT_TEXT:
        assert held(before) == held(after)


@pytest.mark.parametrize("path", OF_MEANING, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_layout_and_the_order_of_keys_are_no_matter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    anew = yaml.safe_dump(backwards(yaml.safe_load(text)), sort_keys=False, width=60, allow_unicode=True)
    assert held(compiled(text)) == held(compiled(anew))


@pytest.mark.parametrize("path", [*FOUND, *MISTAKES.glob("*.yaml")], ids=lambda path: path.stem)
def test_no_two_fingerprints_are_alike(path: Path) -> None:
    compilation = compile_bytes(path.name, path.read_bytes())
    found = fingerprints(compilation.source, compilation.diagnostics)
    assert len(set(found)) == len(found) == len(compilation.diagnostics) > 0
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in found)


def test_files_are_told_apart_and_paths_written_alike() -> None:
    text = (HERE / "same" / "lines-and-layout" / "before.yaml").read_text(encoding="utf-8")

    def of(name: str) -> list[str]:
        compilation = compile_bytes(name, text.encode())
        return fingerprints(compilation.source, compilation.diagnostics)

    assert of("a/b.yaml") == of("./a/b.yaml") == of("a/c/../b.yaml")
    assert not set(of("a/b.yaml")) & set(of("b.yaml"))


def spread(text: str) -> str:
    """The text with an empty line and a comment above every key that begins its line."""
    source = SourceFile("x", text)
    document = read_document(source, Report(source))
    assert document is not None
    places = {0}
    for key in keys(document.root):
        start = key.span.start - source.position(key.span.start)[1] + 1
        if not text[start : key.span.start].strip(" -"):
            places.add(start)
    for start in sorted(places, reverse=True):
        text = f"{text[:start]}\n# something else\n{text[start:]}"
    return text


def keys(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return []
    if isinstance(node, Mapping):
        return [key for e in node.entries for key in (e.key, *keys(e.value))]
    return [key for item in node.items for key in keys(item)]


def backwards(value: object) -> object:
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


# --- the file -------------------------------------------------------------------------------------------------

TEXTS = st.text()
HELD = st.builds(Held, TEXTS, TEXTS, TEXTS, st.text("0123456789abcdef", min_size=32, max_size=32))


@given(st.lists(HELD))
def test_what_is_written_is_read(findings: list[Held]) -> None:
    text = render(findings)
    assert parse(text.encode()) == frozenset(findings)
    assert render(reversed(findings)) == text
    assert text.count("\n") == (5 + len(set(findings)) if findings else 4)


GOOD = '{"version": 1, "findings": [{"file": "a", "name": "b", "at": "c", "fingerprint": "%s"}]}' % ("0" * 32)


def test_a_good_one() -> None:
    assert parse(GOOD.encode()) == {Held("a", "b", "c", "0" * 32)}
    assert parse(render([]).encode()) == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON: expecting value on line 1"),
        ("<<<<<<< HEAD\n" + GOOD, "no JSON"),
        (GOOD + "x", "no JSON: extra data"),
        ("[]", 'key "version"'),
        ("{}", 'key "version"'),
        ("1", 'key "version"'),
        (GOOD.replace(": 1", ": 2"), "its version is 2, and this Tiercel reads version 1"),
        (GOOD.replace(": 1", ": true"), "its version is true"),
        (GOOD.replace(": 1", ": 1.0"), "its version is 1.0"),
        (GOOD.replace(": 1", ": " + "[" * 50 + "]" * 50), "its version is [[[["),
        (GOOD.replace('"findings"', '"finding"'), '"findings"'),
        (GOOD.replace('"version": 1', '"version": 1, "more": 1'), '"findings"'),
        ('{"version": 1, "findings": {}}', "a list"),
        ('{"version": 1, "findings": [1]}', "finding 1 has to have the keys file, name, at, fingerprint"),
        (GOOD.replace('"at": "c", ', ""), "finding 1 has to have the keys"),
        (GOOD.replace('"at"', '"more": "", "at"'), "finding 1 has to have the keys"),
        (GOOD.replace('"c"', "null"), "finding 1: `at` is no text"),
        (GOOD.replace("0" * 32, "0" * 31), "32 hexadecimal digits"),
        (GOOD.replace("0" * 32, "0" * 32 + "\\n"), "32 hexadecimal digits"),
        (GOOD.replace('"at"', '"at": "", "at"'), "a key is there twice"),
        ("[" * 100_000, "no JSON that anybody would write"),
        ('{"version": ' + "9" * 5000 + "}", "no JSON that anybody would write"),
    ],
)
def test_what_is_no_baseline(text: str, said: str) -> None:
    with pytest.raises(BaselineError, match=re.escape(said)):
        parse(text.encode())


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BaselineError, match="not UTF-8"):
        parse(b"\xff" + GOOD.encode())


def test_written_for_people_to_read() -> None:
    text = render(read(HERE / "same" / "others-come-and-go", "after"))
    assert json.loads(text)["version"] == 1
    assert '"at": "earn[second].active"' in text
