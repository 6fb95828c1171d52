"""`tiercel init`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((), "program.yaml"),
        (("shop",), "shop.yaml"),
        (("shop.yaml",), "shop.yaml"),
        (("shop.yml",), "shop.yml"),
    ],
)
def test_the_starter_is_clean(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("init", *arguments).exit_code == 0
    result = cli("check", "--format", "json", name)
    assert (result.exit_code, json.loads(result.stdout)["diagnostics"]) == (0, [])


def test_nothing_is_overwritten(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text("mine", encoding="utf-8")
    result = cli("init", path)
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_no_folder(cli: Run, tmp_path: Path) -> None:
    result = cli("init", tmp_path / "missing" / "shop")
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("name", ["", "shop/"])
def test_no_name(cli: Run, name: str) -> None:
    assert cli("init", name).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "location"),
    [((), "https://www.schemastore.org/tiercel-program.json"), (("--schema", "../s.json"), "../s.json")],
)
def test_the_first_line_names_the_schema(
    cli: Run, tmp_path: Path, arguments: tuple[str, ...], location: str
) -> None:
    path = tmp_path / "shop.yaml"
    assert cli("init", path, *arguments).exit_code == 0
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={location}"
    assert cli("check", "--strict", path).exit_code == 0


@pytest.mark.parametrize("location", ["", "a b", "a\nb", "a\x00"])
def test_a_location_that_no_line_can_have(cli: Run, tmp_path: Path, location: str) -> None:
    result = cli("init", tmp_path / "shop", "--schema", location)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "without spaces" in result.stderr
