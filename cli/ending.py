"""How a command ends: its exit code, and one line for whatever went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

import click

from ..compiler.report.cells import visible

DONE, WRONG, NOT_DONE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

# Read straight from the arguments, since what it is for may happen before they are understood.
DEBUG = click.Option(
    ["--debug"], is_flag=True, expose_value=False, help="After an internal error, show where it came from."
)


class NotDone(click.ClickException):
    """Something that keeps a command from doing its work: an unreadable file, say. Exit code 2."""

    exit_code = NOT_DONE

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


class WrongInput(NotDone):
    """Something that is wrong with the input as a whole: columns of a CSV file, say. Exit code 1."""

    exit_code = WRONG


def reason(error: OSError) -> str:
    """Why the system refused, as a phrase: `no such file or directory`."""
    return (error.strerror or str(error)).lower()


def open_streams() -> None:
    """Make standard output and error accept any text, closed ones included."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def code_of(work: Callable[[], int], debug: bool) -> int:
    """Do the work and give its exit code; failures go to standard error, a line each."""
    try:
        code = work()
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.ClickException as refused:
        refused.show()
        return WRONG if isinstance(refused, WrongInput) else NOT_DONE
    except KeyboardInterrupt:
        return _end(INTERRUPTED, "interrupted")
    except BrokenPipeError:
        return _end(PIPE_CLOSED)
    except OSError as error:
        return _end(NOT_DONE, f"Error: cannot write the output: {reason(error)}", debug)
    except Exception as error:
        return _end(NOT_DONE, _internal(error, debug), debug)


def _internal(error: Exception, debug: bool) -> str:
    said = visible(str(error))
    report = (
        "please report it with the lines above"
        if debug
        else "run again with --debug, and report what it prints"
    )
    return f"Error: internal error in Tiercel: {type(error).__name__}: {said[:200]}; {report}"


def _end(code: int, message: str = "", debug: bool = False) -> int:
    if debug:
        import traceback  # only here, since it takes a while

        traceback.print_exc()
    # Whatever is still in the buffer of standard output must not fail again when the interpreter closes it.
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if message:
        with suppress(OSError, ValueError):
            click.echo(message, err=True)
    return code
