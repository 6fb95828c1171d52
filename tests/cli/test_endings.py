"""How commands end: exit codes, and one line instead of a traceback. Run as processes, as a shell does."""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tiercel.cli import checking
from tiercel.cli.group import COMMANDS, tiercel
from tiercel.tests.cli.conftest import Run

COMMAND = [sys.executable, "-m", "tiercel"]
EVENT = b'{"id":"e","type":"clock","at":"2026-01-01T00:00:00Z","customer":"c"}\n'


def process(*arguments: str | bytes | Path, **options) -> subprocess.Popen[bytes]:
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen([*COMMAND, *arguments], **options)


def test_a_reader_that_goes_away(maple: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_bytes(EVENT * 20_000)
    running = process("run", maple, "--events", events)
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 141


def test_an_interrupt(maple: Path) -> None:
    running = process("run", maple, "--events", "-")
    # Once outcomes come out the command is past its start, and waits for more.
    running.stdin.write(EVENT * 600)
    running.stdin.flush()
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate()
    assert (running.returncode, stderr) == (130, b"interrupted\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk(maple: Path) -> None:
    with open("/dev/full", "wb") as full:
        _, stderr = (running := process("show", maple, stdout=full)).communicate()
    assert running.returncode == 2
    assert stderr == b"Error: cannot write the output: no space left on device\n"


def test_a_path_that_is_not_text() -> None:
    _, stderr = (running := process("check", b"a\xff\x1b.yaml")).communicate()
    assert running.returncode == 2
    assert stderr == b"Error: cannot read `a\\udcff\\x1b.yaml`: no such file or directory\n"


def test_closed_streams(maple: Path) -> None:
    script = " ".join([*COMMAND, "show", str(maple), ">&-", "2>&-", "<&-"])
    assert subprocess.run(["sh", "-c", script], check=False).returncode == 0
    script = " ".join([*COMMAND, "check", "-", "<&-"])
    result = subprocess.run(["sh", "-c", script], check=False, capture_output=True)
    assert (result.returncode, result.stderr) == (2, b"Error: cannot read standard input: it is closed\n")


def test_output_that_cannot_hold_a_character(tmp_path: Path) -> None:
    program = tmp_path / "p.yaml"
    program.write_text("tiercel: 1\nprogram: {name: Érable 🎁, currency: CAD}\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    stdout, _ = (running := process("show", program, env=environment)).communicate()
    assert running.returncode == 0
    assert stdout.splitlines()[0] == b"\xc9rable \\U0001f381"


def test_an_internal_error(monkeypatch: pytest.MonkeyPatch, maple: Path) -> None:
    def fail(*_: object) -> None:
        raise KeyError("what\never")

    monkeypatch.setattr(checking, "compile_program", fail)
    result = CliRunner().invoke(tiercel, ["check", str(maple)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: internal error in Tiercel: KeyError: ")
    assert result.stderr.count("\n") == 1
    assert "--debug" in result.stderr
    for arguments in (["--debug", "check", str(maple)], ["check", "--debug", str(maple)]):
        shown = CliRunner().invoke(tiercel, arguments)
        assert shown.exit_code == 2
        assert "Traceback" in shown.stderr


def test_one_standard_input(cli: Run, tmp_path: Path) -> None:
    for arguments in (
        ("run", "-", "--events", "-"),
        ("evaluate", "-", "--order", "-"),
        ("import-tiers", "-", "-", "--state", tmp_path),
    ):
        result = cli(*arguments, input="")
        assert result.exit_code == 2
        assert "only one input can be standard input" in result.stderr


def test_usage(cli: Run) -> None:
    for arguments in (
        (),
        ("check",),
        ("chek",),
        ("check", "--nonsense", "x"),
        ("run", "x.yaml"),
        ("--nonsense",),
    ):
        result = cli(*arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments
    assert "did you mean `check`?" in cli("chek").stderr


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(cli: Run, name: str) -> None:
    for option in ("--help", "-h"):
        result = cli(*name.split(), option)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: tiercel")


def test_version(cli: Run) -> None:
    assert cli("--version").stdout == "tiercel 0.1.0\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(cli: Run, shell: str) -> None:
    assert "_TIERCEL_COMPLETE" in cli("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tiercel ch", b"check"),
        ("tiercel explain double-e", b"double-earning"),
        ("tiercel check --select double-earning,uncov", b"double-earning,uncovered-tier"),
        ("tiercel check --ignore duplicate-k", b""),
    ],
)
def test_completing(words: str, offered: bytes) -> None:
    place = str(len(words.split()) - 1)
    environment = {"_TIERCEL_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": place}
    stdout, _ = process(env={**os.environ, **environment}).communicate()
    assert stdout.strip() == (b"plain," + offered if offered else b"")


def test_a_check_imports_what_it_needs(maple: Path) -> None:
    _, stderr = process("check", maple, env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}).communicate()
    imported = {line.rsplit(b"|", 1)[1].strip() for line in stderr.splitlines() if b"|" in line}
    assert b"tiercel.compiler.driver" in imported
    needless = {b"jsonschema", b"tiercel.cli.run", b"tiercel.cli.catalog", b"tiercel.compiler.emit.to_python"}
    assert not imported & needless


def deny(monkeypatch: pytest.MonkeyPatch, *denied: Path) -> None:
    """Refuse to open or make anything at or below these paths, as the system does to a user without permission."""

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **more: Any) -> Any:
            if isinstance(path, str | Path) and any(Path(path).is_relative_to(place) for place in denied):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, *args, **more)

        return call

    # Root, as which builds often run, may do everything: so it is not left to the modes of files.
    for module, name in ((io, "open"), (builtins, "open"), (os, "open"), (os, "mkdir")):
        monkeypatch.setattr(module, name, guarded(getattr(module, name)))
    monkeypatch.setattr(os, "access", lambda path, _mode: not any(Path(path) == place for place in denied))


def test_no_permission(cli: Run, maple: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    unread = tmp_path / "unread.yaml"
    unread.touch(mode=0)
    deny(monkeypatch, closed, unread)
    result = cli("check", unread, maple)
    assert result.exit_code == 2
    assert result.stderr == f"Error: cannot read `{unread}`: permission denied\nnothing found in 1 file\n"
    result = cli("run", maple, "--events", "-", "--state", closed / "state", input="")
    assert result.stderr == f"Error: cannot open the state in `{closed / 'state'}`: permission denied\n"
    result = cli("run", maple, "--events", "-", "--customers", closed / "out", input="{}")
    assert (result.exit_code, result.stdout) == (2, "")
