"""A stand-in for `gh api`, as far as the action calls it: the comments of an issue are in the file `GH_COMMENTS`.

It takes one token. Of `jq`, which `gh` has within, it knows the one program that the action has; where there is a `jq` on
the machine, that is asked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PATH = "repos/corner/shop/issues"
PROGRAM = re.compile(r'\.\[\] \| select\(\.body \| startswith\("(.*)"\)\) \| \.id')


def main(arguments: list[str]) -> None:
    if os.environ.get("GH_TOKEN") != "secret":
        sys.exit("gh: Resource not accessible by integration (HTTP 403)")
    store = Path(os.environ["GH_COMMENTS"])
    comments = json.loads(store.read_text("utf-8"))
    assert arguments[0] == "api"
    if arguments[1] == "--paginate":
        path, jq, program = arguments[2:]
        assert (path, jq) == (f"{PATH}/7/comments", "--jq")
        print(*selected(comments, program), sep="\n")
        return
    silent, option, method, path, field, body = arguments[1:]
    assert (silent, option, field) == ("--silent", "--method", "--field")
    text = Path(body.removeprefix("body=@")).read_text("utf-8")
    if method == "POST":
        assert path == f"{PATH}/7/comments"
        comments.append({"id": 100 + len(comments), "body": text})
    else:
        assert method == "PATCH"
        (comment,) = [each for each in comments if path == f"{PATH}/comments/{each['id']}"]
        comment["body"] = text
    store.write_text(json.dumps(comments), "utf-8")


def selected(comments: list[dict[str, object]], program: str) -> list[str]:
    if shutil.which("jq"):
        asked = ["jq", "-r", program]
        ran = subprocess.run(asked, input=json.dumps(comments), capture_output=True, text=True, check=True)
        return ran.stdout.split()
    found = PROGRAM.fullmatch(program)
    assert found
    return [str(each["id"]) for each in comments if str(each["body"]).startswith(found[1])]


if __name__ == "__main__":
    main(sys.argv[1:])
