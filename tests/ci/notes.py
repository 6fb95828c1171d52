"""A stand-in for the part of GitLab's API that keeps the notes of a merge request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = "/api/v4/projects/5/merge_requests/7/notes"


class Notes(ThreadingHTTPServer):
    """A server of notes, oldest first, `page` of them at once; it takes one token."""

    def __init__(self, bodies: list[str], page: int = 2) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies = bodies
        self.page = page
        self.token = "glpat-x"
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Where the API is."""
        return f"http://127.0.0.1:{self.server_port}/api/v4"


@contextmanager
def notes(*bodies: str) -> Iterator[Notes]:
    """A server that has notes already, for as long as it is needed."""
    with Notes(list(bodies)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Notes

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        if self._refuses(where.path == PATH and asked["sort"] == "asc"):
            return
        number, size = int(asked["page"]), self.server.page
        listed = list(enumerate(self.server.bodies, 1))[(number - 1) * size : number * size]
        more = number * size < len(self.server.bodies)
        found = [{"id": each, "body": body, "system": body.startswith("assigned")} for each, body in listed]
        self._answer(found, str(number + 1) if more else "")

    def do_POST(self) -> None:
        if not self._refuses(self.path == PATH):
            self.server.bodies.append(self._body())
            self._answer({"id": len(self.server.bodies)})

    def do_PUT(self) -> None:
        path, _, note = self.path.rpartition("/")
        if not self._refuses(path == PATH):
            self.server.bodies[int(note) - 1] = self._body()
            self._answer({"id": int(note)})

    def _refuses(self, known: bool) -> bool:
        """Whether a request is for something else, or without the token; then it is answered."""
        self.server.asked.append(self.command)
        if not known:
            self.send_error(404)
        elif self.headers["PRIVATE-TOKEN"] != self.server.token:
            self.send_error(401)
        else:
            return False
        return True

    def _body(self) -> str:
        body: str = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        return body

    def _answer(self, found: Any, next_page: str = "") -> None:
        self.send_response(200)
        self.send_header("X-Next-Page", next_page)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: what was asked is in `asked`."""
