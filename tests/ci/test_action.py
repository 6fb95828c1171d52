"""The GitHub action: its file, and its steps run by a stand-in for the runner in repositories that tests make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tiercel.tests.ci.conftest import PullRequest
from tiercel.tests.ci.programs import ALLOWED, BETTER, BROKEN, INACTIVE, LATER, SCENARIOS, WARNING, WORSE
from tiercel.tests.ci.repository import clone_of, commit, git, write
from tiercel.tests.ci.runner import ACTION, ROOT, Job, run_action
from tiercel.tests.cli.conftest import MAPLE
from tiercel.tests.report.test_documents import SARIF, commands_of


def results(job: Job) -> list[str]:
    """The names of what is uploaded."""
    log = json.loads(Path(job.outputs["sarif"]["file"]).read_text("utf-8"))
    SARIF.validate(log)
    return [result["ruleId"] for result in log["runs"][0]["results"]]


def annotated(job: Job, name: str = "title") -> list[str]:
    """Of what a check has annotated, the names, or another property."""
    commands = commands_of("\n".join(job.commands("check")))
    return [properties[name] for _, properties, _ in commands if "file" in properties]


def test_the_file_is_one_for_an_action() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_value_becomes_part_of_a_command() -> None:
    assert not [step["id"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_every_input_is_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert not [name for name in ACTION["inputs"] if f"inputs.{name} " not in text]


def test_a_pull_request_that_is_worse_for_customers(shop: Path, pull_request: PullRequest) -> None:
    event = pull_request({"maple.yaml": WORSE})
    job = run_action(shop, {"sarif": "true"}, event)
    assert job.failed == [], job.log
    assert job.outputs["diff"]["verdict"] == "only-worse"
    assert "nothing found in 1 file" in job.summary
    assert "## Loyalty programs: only-worse" in job.summary
    assert results(job) == []
    assert run_action(shop, {"fail-on": "breaking"}, event).failed == ["diff"]


def test_a_pull_request_with_an_error(shop: Path, pull_request: PullRequest) -> None:
    job = run_action(shop, {"sarif": "true"}, pull_request({"maple.yaml": BROKEN}))
    assert job.failed == ["check", "diff"]
    assert annotated(job, "file") == ["maple.yaml"]
    assert len(results(job)) == 1
    assert "github/codeql-action/upload-sarif" in job.used


def test_no_shell_reads_an_input(shop: Path, pull_request: PullRequest) -> None:
    event = pull_request({"maple.yaml": BETTER})
    hostile = "$(touch stolen); touch stolen; `touch stolen` ' \" $HOME --output=stolen"
    for name in ("files", "baseline", "against", "select", "today", "tests"):
        assert run_action(shop, {name: hostile}, event).failed, name
        assert not (shop / "stolen").exists()


def test_a_slip_in_an_input_is_said(shop: Path) -> None:
    job = run_action(shop, {"strict": "yes"})
    assert job.failed == ["check"]
    assert "the input `strict` has to be true or false" in job.log["check"]


def test_inputs_of_the_check(shop: Path) -> None:
    write(shop, {"maple.yaml": WARNING})
    everything = run_action(shop)
    assert everything.failed == []
    names = annotated(everything)
    assert {"inactive-rule", "double-earning"} < set(names)
    assert run_action(shop, {"strict": "true"}).failed == ["check"]
    assert annotated(run_action(shop, {"select": "inactive-rule,double-earning"})) == [
        "double-earning",
        "inactive-rule",
    ]
    ignoring = run_action(shop, {"ignore": "inactive-rule"})
    assert annotated(ignoring) == [name for name in names if name != "inactive-rule"]


def test_what_is_suppressed_is_not_uploaded(shop: Path) -> None:
    write(
        shop, {"maple.yaml": ALLOWED, "old.yaml": WARNING, "baseline.json": '{"version": 1, "findings": []}'}
    )
    written = ["check", "--baseline=baseline.json", "--write-baseline", "old.yaml"]
    subprocess.run([sys.executable, "-m", "tiercel", *written], cwd=shop, check=True, capture_output=True)
    inputs = {"sarif": "true", "baseline": "baseline.json", "strict": "true"}
    job = run_action(shop, inputs)
    assert job.failed == []
    assert annotated(job) == results(job) == []
    whole = Path(job.outputs["sarif"]["file"]).with_name("tiercel-everything.sarif")
    everything = json.loads(whole.read_text("utf-8"))["runs"][0]["results"]
    kinds = {(each["ruleId"], each["suppressions"][0]["kind"]) for each in everything}
    assert {("inactive-rule", "inSource"), ("double-earning", "external")} <= kinds

    without = run_action(shop, {**inputs, "baseline": ""})
    assert without.failed == ["check"]
    assert sorted(annotated(without)) == sorted(results(without))
    assert "double-earning" in results(without)


def test_a_day_on_which_an_allow_is_over(shop: Path) -> None:
    write(shop, {"maple.yaml": ALLOWED})
    assert annotated(run_action(shop, {"today": "2026-01-31"})) == []
    over = ["inactive-rule", "expired-allow"]
    for day in ("2026-02-01", "now"):
        job = run_action(shop, {"today": day, "sarif": "true"})
        assert annotated(job) == results(job) == over


def test_a_file_a_line(shop: Path) -> None:
    write(shop, {"a b/it's 100%.yaml": INACTIVE, "*.yaml": INACTIVE, "broken.yaml": BROKEN})
    job = run_action(shop, {"files": "a b/it's 100%.yaml\r\n\n  \n*.yaml\n", "sarif": "true"})
    assert job.failed == []
    assert annotated(job, "file") == [
        "*.yaml",
        "a b/it's 100%.yaml",
    ]
    assert results(job) == ["inactive-rule"] * 2
    none = run_action(shop, {"files": " \n"})
    assert "the input `files` names no file and no folder" in none.log["check"]


def test_tests_pass_and_fail(shop: Path) -> None:
    write(shop, {"maple.test.yaml": SCENARIOS})
    passed = run_action(shop, {"tests": "."})
    assert passed.failed == []
    assert "1 passed in 1 file" in passed.log["test"]
    assert "<pre>\n1 passed in 1 file\n</pre>" in passed.summary

    write(shop, {"maple.yaml": LATER})
    failed = run_action(shop, {"tests": "maple.yaml"})
    assert failed.failed == ["test"]
    assert "maple.test.yaml:7:30: failed: the tier of `ann` is seed, and not maple" in failed.log["test"]
    assert "needs `spend &gt; 100`" in failed.summary

    assert run_action(shop).outcomes["test"] == "skipped"
    assert run_action(shop, {"tests": "deploy.yml"}).failed == ["test"]


def test_the_base_is_fetched_into_a_shallow_clone(
    shop: Path, tmp_path: Path, pull_request: PullRequest
) -> None:
    event = pull_request({"maple.yaml": WORSE})
    shallow = clone_of(shop, tmp_path / "shallow", 1)
    assert run_action(shallow, {}, event).outputs["diff"]["verdict"] == "only-worse"
    assert run_action(shallow, {"against": "change"}, event).outputs["diff"]["verdict"] == "equivalent"
    nothing = run_action(shallow, {"against": "nothing"}, event)
    assert nothing.failed == ["diff"]
    assert "there is no revision `nothing` to compare with" in nothing.log["diff"]


def test_what_others_merged_meanwhile_is_no_difference(shop: Path, pull_request: PullRequest) -> None:
    event = pull_request({"other.yaml": MAPLE.replace("Maple", "Other")})
    git(shop, "switch", "--quiet", "main")
    write(shop, {"maple.yaml": WORSE})
    commit(shop, "somebody else was faster")
    git(shop, "merge", "--quiet", "--no-ff", "--message=merge", "change")
    job = run_action(shop, {}, event)
    assert "`other.yaml` is new" in job.log["diff"]
    assert "only-worse" not in job.log["diff"]


def test_a_push_compares_nothing(shop: Path) -> None:
    assert run_action(shop).outcomes["diff"] == "skipped"
    assert run_action(shop, {"against": "main"}).outputs["diff"]["verdict"] == "equivalent"


def test_no_name_of_a_file_is_a_command_to_the_runner(shop: Path, pull_request: PullRequest) -> None:
    name = "::error file=x::y"
    gone = {"file": f"{name}.yaml", "name": "inactive-rule", "at": "earn", "fingerprint": "0" * 32}
    baseline = json.dumps({"version": 1, "findings": [gone]})
    files = {f"{name}.yaml": BROKEN, f"{name}.test.yaml": "tiercel-test: 1\nscenarios: 5\n"}
    event = pull_request({**files, "old.json": baseline})
    inputs = {"files": f"{name}.yaml\nmaple.yaml", "tests": f"{name}.test.yaml", "baseline": "old.json"}
    job = run_action(shop, {**inputs, "sarif": "true"}, event)
    assert job.failed == ["check", "test", "diff"]
    assert annotated(job, "file") == [f"{name}.yaml"]
    for step in ("sarif", "test", "diff"):
        assert job.commands(step) == [], step
    assert f"\n{name}.test.yaml:" in job.log["test"]
    assert f"\n{name}.yaml:" in job.log["diff"]


def test_what_a_fork_may_not_is_left_out(shop: Path, pull_request: PullRequest) -> None:
    event = pull_request({"maple.yaml": WORSE})
    event["pull_request"]["head"]["repo"] = {"fork": True}
    job = run_action(shop, {"sarif": "true"}, event)
    assert job.failed == []
    assert (job.outcomes["sarif"], job.outcomes["upload"]) == ("success", "skipped")
