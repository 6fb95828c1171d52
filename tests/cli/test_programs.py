"""Which files are programs, and which files a folder stands for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tiercel.cli.ending import NotDone
from tiercel.cli.programs import program_files
from tiercel.compiler.syntax.declares import declares_program


@pytest.mark.parametrize(
    "text",
    [
        "tiercel: 1\n",
        "tiercel:\n",
        "# a comment\n\n---\ntiercel: 1\n",
        "--- {tiercel: 1}\n",
        "%YAML 1.2\n---\ntiercel: 1\n",
        "program: {name: x}\ntiercel: 1\n",
        "program:\r\n  name: [broken\r\ntiercel: 1\r\n",
        "program: x\rtiercel: 1\r",
        '"tiercel": 1\n',
        "'tiercel' : 1\n",
        "? tiercel\n: 1\n",
        "&a tiercel: 1\n",
        "!!str tiercel: 1\n",
        "{program: {name: x}, tiercel: 1}\n",
        '{\n  "program": {},\n  "tiercel": 1\n}\n',
        "  program: x\n  tiercel: 1\n",
        "tiercel:1\n",
        "tiercel\n",
        "\ttiercel: 1\n",
        "}: ]\ntiercel: 1\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_program(text: str, encoding: str) -> None:
    assert declares_program(text.encode(encoding))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# tiercel: 1\n",
        "nested:\n  tiercel: 1\n",
        "- tiercel: 1\n",
        "{nested: {tiercel: 1}}\n",
        "text: |\n  tiercel: 1\n",
        "tiercels: 1\n",
        "tiercel_version: 1\n",
        "tiercel-test: 1\n",
        "name: tiercel\n",
    ],
)
def test_no_program(text: str) -> None:
    assert not declares_program(text.encode())


def test_folders(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/c.yaml", ".hidden/d.yaml", ".e.yaml", "f.txt", "sub.yaml/g.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("tiercel: 1\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("openapi: 3\n", encoding="utf-8")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    found = [os.path.relpath(path, tmp_path) for path in program_files(str(tmp_path))]
    assert found == ["a.yml", "b.yaml", "sub.yaml/g.yaml", "sub/c.yaml"]


def test_a_folder_without_programs(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("openapi: 3\n", encoding="utf-8")
    with pytest.raises(NotDone, match="no program below"):
        program_files(str(tmp_path))


def test_a_file_is_itself() -> None:
    assert program_files("whatever.txt") == ["whatever.txt"]
    assert program_files("-") == ["-"]
