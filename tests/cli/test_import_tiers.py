"""`tiercel import-tiers`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel.cli.csv_rows import Row, read_rows
from tiercel.cli.ending import WrongInput
from tiercel.tests.cli.conftest import MAPLE, Run


def enrolled(name: str, at: str = "2026-01-02T10:00:00Z") -> str:
    event = {
        "id": name,
        "type": "customer.enrolled",
        "at": at,
        "customer": name,
        "email": f"{name}@example.com",
    }
    return json.dumps(event)


@pytest.fixture
def state(cli: Run, maple: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    lines = "\n".join([enrolled("ada"), enrolled("bob"), enrolled("eve", "2026-01-09T10:00:00Z")])
    assert cli("run", maple, "--events", "-", "--state", folder, input=lines).exit_code == 0
    return folder


def tiers(cli: Run, maple: Path, state: Path, tmp_path: Path) -> dict[str, str]:
    out = tmp_path / "out.jsonl"
    cli("run", maple, "--events", "-", "--state", state, "--customers", out, input="")
    members = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {member["customer"]: member["tier"] for member in members}


CSV = 'email,vip_tier\nada@example.com,Maple\n" BOB@example.com",maple\nnobody@example.com,Maple\nada@example.com,Seed\n'


def test_a_line_per_row(cli: Run, maple: Path, state: Path, tmp_path: Path) -> None:
    result = cli("import-tiers", maple, "-", "--state", state, input=CSV)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ada@example.com: Seed to Maple (import)",
        " BOB@example.com: skipped, unknown-tier (`maple`)",
        "nobody@example.com: skipped, not-a-member (`Maple`)",
        "ada@example.com: skipped, not-higher (`Seed`)",
    ]
    assert tiers(cli, maple, state, tmp_path) == {"ada": "maple", "bob": "seed", "eve": "seed"}


def test_twice_is_once(cli: Run, maple: Path, state: Path) -> None:
    cli("import-tiers", maple, "-", "--state", state, input=CSV)
    again = cli("import-tiers", maple, "-", "--state", state, input=CSV)
    assert (again.exit_code, again.stdout) == (0, "this import was applied before; nothing changes\n")


def test_the_moment_decides_who_is_a_member(cli: Run, maple: Path, state: Path) -> None:
    text = "vip_tier,email\nMaple,eve@example.com\n"
    early = cli("import-tiers", maple, "-", "--state", state, "--at", "2026-01-08", input=text)
    assert early.stdout == "eve@example.com: skipped, not-a-member (`Maple`)\n"
    # Without --at it is the latest moment of the state, at which she is one.
    assert cli("import-tiers", maple, "-", "--state", state, input=text).stdout.startswith(
        "eve@example.com: Seed to"
    )


def test_windows_close_first(cli: Run, maple: Path, state: Path) -> None:
    cli("import-tiers", maple, "-", "--state", state, input=CSV)
    result = cli(
        "import-tiers",
        maple,
        "-",
        "--state",
        state,
        "--at",
        "2030-01-01",
        input=CSV.splitlines()[0] + "\nada@example.com,Maple\n",
    )
    assert result.stdout.splitlines() == [
        "ada@example.com: Maple to Seed (reset), before the import",
        "ada@example.com: Seed to Maple (import)",
    ]


def test_a_state_without_members_needs_a_moment(cli: Run, maple: Path, tmp_path: Path) -> None:
    arguments = ("import-tiers", maple, "-", "--state", tmp_path / "new")
    assert cli(*arguments, input=CSV).exit_code == 2
    result = cli(*arguments, "--at", "2026-01-01", input=CSV)
    assert result.exit_code == 0
    assert "not-a-member" in result.stdout


def test_a_program_that_has_no_tiers(cli: Run, tmp_path: Path) -> None:
    program = "tiercel: 1\nprogram: {name: Plain, currency: CAD}\n"
    csv = tmp_path / "tiers.csv"
    csv.write_text(CSV, encoding="utf-8")
    result = cli("import-tiers", "-", csv, "--state", tmp_path / "s", "--at", "2026-01-01", input=program)
    assert result.exit_code == 1
    assert "no-tiers" in result.stderr


def test_a_broken_file_leaves_the_state_alone(cli: Run, maple: Path, state: Path, tmp_path: Path) -> None:
    result = cli("import-tiers", maple, "-", "--state", state, input="email,tier\nada@example.com,Maple\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has `email`, `tier`" in result.stderr
    assert tiers(cli, maple, state, tmp_path)["ada"] == "seed"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"email,vip_tier\n", []),
        (b"\xef\xbb\xbfemail,vip_tier\r\na,b\r\n\r\n", [("a", "b")]),
        (b'vip_tier,email\n"b, ""c""","a\nd"\n', [("a\nd", 'b, "c"')]),
        ("email,vip_tier\né,Érable".encode(), [("é", "Érable")]),
    ],
)
def test_csv(content: bytes, rows: list[tuple[str, str]]) -> None:
    assert read_rows("x.csv", content) == [Row(*row) for row in rows]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"email\n", "has `email`"),
        (b"email,vip_tier,note\n", "has `email`, `vip_tier`, `note`"),
        (b"email,email,vip_tier\n", "has `email`, `email`, `vip_tier`"),
        (b"email,email\n", "has `email`, `email`"),
        (b"Email,vip_tier\n", "has `Email`, `vip_tier`"),
        (b"email;vip_tier\n", "has `email;vip_tier`"),
        (b"email, vip_tier\n", "has `email`, ` vip_tier`"),
        (b"email,vip_tier\na,b\n\na\n", "line 4: 1 field,"),
        (b"email,vip_tier\na,b,c\n", "line 2: 3 fields"),
        (b"email,vip_tier\na,\xff\n", "line 2: not UTF-8"),
        ("email,vip_tier\na,b\n".encode("utf-16"), "not UTF-8"),
        (b'email,vip_tier\na,"b\n', "unexpected end of data"),
        (b'email,vip_tier\na,"b"c\n', "line 2: "),
    ],
)
def test_refused_csv(content: bytes, said: str) -> None:
    with pytest.raises(WrongInput) as refused:
        read_rows("x.csv", content)
    assert said in refused.value.message
    assert "x.csv" in refused.value.message


def test_held_before_the_launch(cli: Run, tmp_path: Path) -> None:
    program = tmp_path / "later.yaml"
    program.write_text(MAPLE.replace("vip:\n", "vip:\n  launches: not_yet\n"), encoding="utf-8")
    cli("run", program, "--events", "-", "--state", tmp_path / "s", input=enrolled("ada"))
    text = "email,vip_tier\nada@example.com,Maple\n"
    result = cli("import-tiers", program, "-", "--state", tmp_path / "s", input=text)
    assert result.stdout == "ada@example.com: held until the launch (`Maple`)\n"


def test_a_row_is_one_line_whatever_is_in_it(cli: Run, maple: Path, tmp_path: Path) -> None:
    text = 'email,vip_tier\n"a\n\x1b[31m","b\n"\n'
    at = "2026-01-01"
    result = cli("import-tiers", maple, "-", "--state", tmp_path / "s", "--at", at, input=text)
    assert result.stdout == "a\\n\\x1b[31m: skipped, not-a-member (`b\\n`)\n"
