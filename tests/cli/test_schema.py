"""`tiercel schema`."""

from __future__ import annotations

import json

import pytest

from tiercel.tests.cli.conftest import Run
from tiercel.tests.schema.described import ROOT


@pytest.mark.parametrize("kind", ["program", "scenario", "event"])
def test_a_schema_is_printed_as_it_is(cli: Run, kind: str) -> None:
    result = cli("schema", kind)
    assert result.exit_code == 0
    assert result.stdout == (ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")


def test_without_a_kind_it_is_that_of_programs(cli: Run) -> None:
    assert json.loads(cli("schema").stdout)["title"] == "Tiercel program"


def test_another_kind(cli: Run) -> None:
    assert cli("schema", "shop").exit_code == 2
