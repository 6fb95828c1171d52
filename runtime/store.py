"""A book on disk, in SQLite: survives a kill at any moment, and continues where it was.

One run at a time holds the state. What a batch of events did is committed at once, after the batch's
outcomes were handed out; so an interrupted run, given again, repeats at most the outcomes of its last batch,
with the same effects, and no event is lost or counted twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from .compiled import Compiled
from .customer import Customer
from .evaluator import Program
from .ledger import Ledger, Outcome
from .state import UnreadableState, customer_from_json, customer_to_json, record_from_json, record_to_json
from .step import UnknownProgram, normal_email

FORMAT = 1
_CACHED = 20_000

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE programs (number INTEGER PRIMARY KEY, digest TEXT UNIQUE NOT NULL, source TEXT NOT NULL);
CREATE TABLE customers (key TEXT PRIMARY KEY, email TEXT UNIQUE NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE orders (customer TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (customer, id)) WITHOUT ROWID;
CREATE TABLE events (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL) WITHOUT ROWID;
-- Of the run that has not ended: the lines that it rejected. Given again, they are rejected again, whatever
-- came after them, as they would have been without the interruption.
CREATE TABLE refused (line INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL, outcome TEXT NOT NULL);
"""


class StateError(Exception):
    """The state cannot be used: in use by another run, damaged, or of another version."""


class Store:
    """The state in a folder, which is made if it is not there.

    `load_program` makes a program of the text that `source` was given with it, which comes before a ledger
    uses the store. Raises `StateError`. Use as a context manager, or `close` it.
    """

    def __init__(self, folder: str | Path, load_program: Callable[[str], Program]) -> None:
        path = Path(folder) / "tiercel.sqlite3"
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
        except (OSError, sqlite3.Error) as error:
            why = (isinstance(error, OSError) and error.strerror) or str(error)
            raise StateError(f"cannot open the state in `{folder}`: {why.lower()}") from None
        try:
            self._open()
        except sqlite3.Error as error:
            self._db.close()
            busy = "locked" in str(error)
            why = "another run is using it" if busy else str(error)
            raise StateError(f"cannot open the state in `{folder}`: {why}") from None
        except StateError:
            self._db.close()
            raise
        self._versions = _Versions(self._db, load_program)
        self.programs: Mapping[str, Compiled] = self._versions
        self._adopted: str | None = None
        self._sources: dict[str, str] = {}
        self._cache: dict[str, Customer | None] = {}
        self._changed: dict[str, set[str]] = {}
        self._removed: set[str] = set()
        self._emails: dict[str, str | None] = {}
        self._events: dict[str, bytes] = {}

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("BEGIN IMMEDIATE")
        if self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            for statement in _SCHEMA.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        row = self._db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        self._db.execute("COMMIT")
        if row is None or row[0] != str(FORMAT):
            found = None if row is None else row[0]
            raise StateError(f"the state has format {found}; this Tiercel reads format {FORMAT}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the state. What was not committed is as if it had not been."""
        self._db.close()

    # --- the book -----------------------------------------------------------------------------------------

    def source(self, program: Program, text: str) -> None:
        """Give the source text of a version, to be kept with it once it is adopted."""
        self._sources[program.digest] = text
        self._versions.setdefault(program.digest, program)

    def adopt(self, program: Program) -> None:
        """Make a version known, as the one at work. Raises `StateError` where it has no source."""
        if program.digest not in self._sources and not self._has_source(program.digest):
            raise StateError("the program has no source text in the state: give it by `source` first")
        self._versions[program.digest] = program
        self._adopted = program.digest

    def _has_source(self, digest: str) -> bool:
        return self._db.execute("SELECT 1 FROM programs WHERE digest = ?", (digest,)).fetchone() is not None

    def latest(self) -> Compiled | None:
        """The version that was at work last."""
        digest = self._adopted
        if digest is None:
            row = self._db.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
            digest = None if row is None else row[0]
        return None if digest is None else self._versions[digest]

    def get(self, key: str) -> Customer | None:
        """The member with that key."""
        if key not in self._cache:
            self._cache[key] = self._read(key)
        return self._cache[key]

    def _read(self, key: str) -> Customer | None:
        row = self._db.execute("SELECT state FROM customers WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        customer = customer_from_json(_parsed(row[0]), self.programs)
        query = "SELECT id, state FROM orders WHERE customer = ? ORDER BY number"
        for order_id, state in self._db.execute(query, (key,)):
            customer.records[order_id] = record_from_json(_parsed(state), customer, self.programs)
        return customer

    def put(self, customer: Customer, order_id: str | None = None) -> None:
        """Keep a member; `order_id` names the recorded order that changed."""
        self._cache[customer.key] = customer
        orders = self._changed.setdefault(customer.key, set())
        if order_id is not None:
            orders.add(order_id)

    def remove(self, customer: Customer) -> None:
        """Forget a member, its orders and its e-mail address."""
        self._cache[customer.key] = None
        self._changed.pop(customer.key, None)
        self._removed.add(customer.key)
        self._emails[normal_email(customer.email)] = None

    def owner(self, email: str) -> str | None:
        """The key of the member with that e-mail address."""
        if email not in self._emails:
            row = self._db.execute("SELECT key FROM customers WHERE email = ?", (email,)).fetchone()
            self._emails[email] = None if row is None else row[0]
        return self._emails[email]

    def move_email(self, before: str | None, after: str, key: str) -> None:
        """Give an address to a member, and free the one before."""
        if before is not None:
            self._emails[before] = None
        self._emails[after] = key

    def fingerprint(self, event_id: str) -> bytes | None:
        """What an applied event was."""
        if event_id in self._events:
            return self._events[event_id]
        row = self._db.execute("SELECT fingerprint FROM events WHERE id = ?", (event_id,)).fetchone()
        return None if row is None else row[0]

    def remember(self, event_id: str, fingerprint: bytes) -> None:
        """Note an applied event."""
        self._events[event_id] = fingerprint

    def customers(self) -> Iterator[Customer]:
        """All members, by key, as of the last commit."""
        keys = [row[0] for row in self._db.execute("SELECT key FROM customers ORDER BY key")]
        for key in sorted(keys):
            customer = self._cache.get(key) or self._read(key)
            if customer is not None:
                yield customer

    def is_empty(self) -> bool:
        """Whether there is no member."""
        return self._db.execute("SELECT 1 FROM customers LIMIT 1").fetchone() is None

    def last_clock(self) -> int | None:
        """The latest instant that any member was brought to; none without members."""
        return max((customer.clock for customer in self.customers()), default=None)

    # --- runs -----------------------------------------------------------------------------------------------

    def batches(
        self,
        ledger: Ledger,
        lines: Iterable[str],
        size: int = 500,
        before_end: Callable[[], None] | None = None,
    ) -> Iterator[list[Outcome]]:
        """Fold lines, and commit each batch when the next one is asked for.

        So whoever writes a batch's outcomes out before asking on has them all, whenever the process ends.
        `before_end` does what else belongs to the run, such as writing out the members, when all is committed:
        a run that is cut off in it is taken up again as any other.
        """
        earlier = self._earlier_refusals()
        batch: list[Outcome] = []
        refused: list[tuple[int, bytes, str]] = []
        for number, line in enumerate(lines, start=1):
            if not line or line.isspace():
                continue
            digest, told = earlier.get(number, (b"", ""))
            if told and digest == _line_digest(ledger, line):
                outcome: Outcome = json.loads(told)
            else:
                outcome = ledger.apply_line(line)
                if outcome["outcome"] == "rejected":
                    refused.append((number, _line_digest(ledger, line), json.dumps(outcome)))
            batch.append(outcome)
            if len(batch) >= size:
                yield batch
                self._commit(ledger, refused)
                batch, refused = [], []
        yield batch
        self._commit(ledger, refused)
        if before_end is not None:
            before_end()
        self._db.execute("DELETE FROM refused")

    def _earlier_refusals(self) -> dict[int, tuple[bytes, str]]:
        """What a run that did not end rejected, by line: a digest of the line, and the outcome."""
        rows = self._db.execute("SELECT line, fingerprint, outcome FROM refused")
        return {line: (fingerprint, outcome) for line, fingerprint, outcome in rows}

    def _commit(self, ledger: Ledger, refused: list[tuple[int, bytes, str]]) -> None:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        for digest, source in self._sources.items():
            db.execute("INSERT OR IGNORE INTO programs (digest, source) VALUES (?, ?)", (digest, source))
        db.execute("INSERT OR REPLACE INTO meta VALUES ('program', ?)", (ledger.program.digest,))
        for key in self._removed:
            db.execute("DELETE FROM customers WHERE key = ?", (key,))
            db.execute("DELETE FROM orders WHERE customer = ?", (key,))
        self._write_customers()
        db.executemany("INSERT INTO events VALUES (?, ?)", self._events.items())
        db.executemany("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", refused)
        db.execute("COMMIT")
        self._changed.clear()
        self._removed.clear()
        self._events.clear()
        self._emails.clear()
        if len(self._cache) > _CACHED:
            self._cache.clear()

    def _write_customers(self) -> None:
        # An address may have passed from one of these members to another: free all of them first.
        self._db.executemany(
            "UPDATE customers SET email = char(0) || key WHERE key = ?", [(key,) for key in self._changed]
        )
        for key, orders in self._changed.items():
            customer = self._cache[key]
            assert customer is not None
            state = json.dumps(customer_to_json(customer, self.programs, orders=False))
            row = (key, normal_email(customer.email), state)
            self._db.execute("INSERT OR REPLACE INTO customers VALUES (?, ?, ?)", row)
            places = {order_id: number for number, order_id in enumerate(customer.records)} if orders else {}
            for order_id in orders:
                record = json.dumps(record_to_json(customer.records[order_id], self.programs))
                order = (key, order_id, places[order_id], record)
                self._db.execute("INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?)", order)


class _Versions(dict[str, Compiled]):
    """Versions by digest; those of earlier runs are compiled when they are first asked for."""

    def __init__(self, db: sqlite3.Connection, load: Callable[[str], Program]) -> None:
        super().__init__()
        self._db = db
        self._load = load

    def __missing__(self, digest: str) -> Compiled:
        row = self._db.execute("SELECT source FROM programs WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise UnknownProgram(digest)
        program = self._load(row[0])
        if program.digest != digest:
            raise StateError(f"the state's program {digest} now compiles to {program.digest}")
        self[digest] = program
        return program


def _line_digest(ledger: Ledger, line: str) -> bytes:
    return blake2b(f"{ledger.program.digest}\n{line.strip()}".encode(errors="surrogatepass")).digest()


def _parsed(text: str) -> dict[str, object]:
    state = json.loads(text)
    if not isinstance(state, dict):
        raise UnreadableState("a customer's state that is no object")
    return state
