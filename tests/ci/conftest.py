"""A merchant's repository, and pull requests to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tiercel.tests.ci.repository import commit, git, repository, write
from tiercel.tests.cli.conftest import MAPLE

PullRequest = Callable[[dict[str, str]], dict[str, Any]]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose branch `main` has one program."""
    folder = tmp_path / "shop"
    repository(folder, {"maple.yaml": MAPLE, "deploy.yml": "on: [push]\n"})
    return folder


@pytest.fixture
def pull_request(shop: Path) -> PullRequest:
    """`pull_request({"maple.yaml": "…"})`: the event of one that writes files; checked out is its merge."""

    def opened(files: dict[str, str]) -> dict[str, Any]:
        base = git(shop, "rev-parse", "main")
        git(shop, "switch", "--quiet", "--force-create=change", "main")
        write(shop, files)
        head = commit(shop, "change")
        git(shop, "switch", "--quiet", "--detach", "main")
        git(shop, "merge", "--quiet", "--no-ff", "--message=merge", "change")
        return {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}

    return opened
