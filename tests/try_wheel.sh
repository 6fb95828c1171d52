#!/bin/sh
# Install a wheel in an empty environment, outside of the repository, and use it as a merchant would.
set -eu
wheel=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
programs=$(cd "$(dirname "$0")/../programs" && pwd)
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check "$wheel"
cp "$programs/maple.yaml" "$programs/maple.test.yaml" "$programs/maple.events.jsonl" .
venv/bin/tiercel check maple.yaml
venv/bin/tiercel run maple.yaml --events maple.events.jsonl > outcomes.jsonl
test -s outcomes.jsonl
venv/bin/tiercel explain double-earning > page.txt
venv/bin/tiercel explain duplicate-key >> page.txt
for layout in json sarif github gitlab junit; do
  venv/bin/tiercel check --format "$layout" maple.yaml > "found.$layout"
done
for schema in program event scenario; do
  venv/bin/tiercel schema "$schema" > "$schema.json"
done
venv/bin/tiercel init shop
venv/bin/tiercel check --strict --fix .
venv/bin/tiercel fmt --check .
venv/bin/tiercel test --fail-under 100 maple.test.yaml
venv/bin/tiercel test --propose maple.test.yaml > proposed.yaml
# The language server needs more, and says so.
! venv/bin/tiercel lsp < /dev/null 2> refused.txt
grep -q 'tiercel\[lsp\]' refused.txt
venv/bin/tiercel build maple.yaml -o maple.py
venv/bin/python -c "import maple; print('built module:', maple.PROGRAM.name)"
echo "the wheel works in an empty environment"
