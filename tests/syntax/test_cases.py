"""What is said about files: `yaml/NAME.yaml` and `shape/NAME.yaml` are files, `NAME.out` what is reported.

In `both/` are files about which both passes have something to say.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.compiler.syntax.shape import check_shape

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted((HERE / "yaml").glob("*.yaml")), ids=lambda path: path.stem)
def test_yaml(path: Path, read, rendered, golden) -> None:
    _, report = read(path.read_bytes())
    golden(path.with_suffix(".out"), rendered(report))


@pytest.mark.parametrize("path", sorted((HERE / "shape").glob("*.yaml")), ids=lambda path: path.stem)
def test_shape(path: Path, read, rendered, golden) -> None:
    document, report = read(path.read_bytes())
    assert document is not None
    assert not report.diagnostics, "the case is for the YAML pass"
    check_shape(document, report)
    golden(path.with_suffix(".out"), rendered(report))


@pytest.mark.parametrize("path", sorted((HERE / "both").glob("*.yaml")), ids=lambda path: path.stem)
def test_both(path: Path, read, rendered, golden) -> None:
    document, report = read(path.read_bytes())
    assert document is not None
    assert report.diagnostics
    check_shape(document, report)
    golden(path.with_suffix(".out"), rendered(report))
