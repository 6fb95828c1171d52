"""The golden mechanism: `pytest --update` rewrites expected files, a plain run fails where one is stale.

And what all property tests have in common.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# No test looks at a clock, and a build that nobody touched does not break: there the examples are the same each time.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`."""
    parser.addoption("--update", action="store_true", help="rewrite golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file, byte for byte; under `--update` write the file."""
    update = request.config.getoption("--update")

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.exists(), f"{path} is missing: run pytest --update, and read what it wrote"
        assert text == path.read_bytes().decode(), f"{path} is stale: run pytest --update, and read the diff"

    return compare
