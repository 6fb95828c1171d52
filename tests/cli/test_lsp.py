"""`tiercel lsp`, as far as it is a command; what it says to an editor is tested in `tests/editor`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tiercel.tests.cli.conftest import Run


def test_what_is_not_installed_is_said(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    result = cli("lsp")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "Error: the language server needs more than is installed: pip install 'tiercel[lsp]'\n"
    )


def test_other_commands_do_without_it() -> None:
    look = (
        "import sys; from tiercel.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('pygls', 'lsprotocol', 'asyncio') or '.editor' in n))"
    )
    command = [sys.executable, "-c", look, "check", "-"]
    ran = subprocess.run(command, input="tiercel: 1\n", capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    assert "missing-key" in ran.stdout
