"""Leaves out of a SARIF log, from standard input to standard output, the results that are suppressed.

Code scanning does not know the property, and would open an alert for each.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Copy the log without them."""
    log = json.loads(sys.stdin.buffer.read())
    for run in log["runs"]:
        run["results"] = [result for result in run["results"] if not result.get("suppressions")]
    sys.stdout.buffer.write(json.dumps(log, indent=2).encode("ascii") + b"\n")


if __name__ == "__main__":
    main()
