"""Commands run in this process, as for the tests of the others."""

from tiercel.tests.cli.conftest import cli

__all__ = ["cli"]
