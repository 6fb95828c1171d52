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
cp "$programs/maple.yaml" "$programs/maple.events.jsonl" .
venv/bin/tiercel check maple.yaml
venv/bin/tiercel run maple.yaml --events maple.events.jsonl > outcomes.jsonl
test -s outcomes.jsonl
venv/bin/tiercel explain double-earning > page.txt
venv/bin/tiercel explain duplicate-key >> page.txt
venv/bin/tiercel build maple.yaml -o maple.py
venv/bin/python -c "import maple; print('built module:', maple.PROGRAM.name)"
echo "the wheel works in an empty environment"
