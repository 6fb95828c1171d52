#!/bin/sh
# The main job, on the sample programs: check, fix, format, test, show, build, run, evaluate, compare. Called by
# `make demo`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$here"

say() {
  printf '\n\033[1m$ %s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi
}

say tiercel check mistakes/double-earning.yaml
tiercel check mistakes/double-earning.yaml

say tiercel check --fix --unsafe-fixes --diff mistakes/double-earning.yaml
tiercel check --fix --unsafe-fixes --diff mistakes/double-earning.yaml

say tiercel check maple.yaml
tiercel check maple.yaml

sed -e 's/spend >= 300/spend>=300/' maple.yaml > "$out/untidy.yaml"
say tiercel fmt --diff untidy.yaml
(cd "$out" && tiercel fmt --diff untidy.yaml) || test $? = 1

say tiercel test --coverage maple.test.yaml
tiercel test --coverage maple.test.yaml

say tiercel show maple.yaml
tiercel show maple.yaml

say tiercel build maple.yaml -o maple.py
tiercel build maple.yaml -o "$out/maple.py"
sed -n '/^def highest_tier/,/^PROGRAM/p' "$out/maple.py"

say tiercel run maple.yaml --events maple.events.jsonl --customers customers.jsonl
tiercel run maple.yaml --events maple.events.jsonl --customers "$out/customers.jsonl"
cat "$out/customers.jsonl"

printf '%s\n' '{"id": "1010", "total": "49.95"}' > "$out/order.json"
say tiercel evaluate maple.yaml --order order.json --at 2026-03-01T12:00:00-05:00
tiercel evaluate maple.yaml --order "$out/order.json" --at 2026-03-01T12:00:00-05:00

sed -e 's/spend >= 300/spend >= 350/' -e 's/maple: 2}/maple: 2.5}/' maple.yaml > "$out/next.yaml"
say tiercel diff --fail-on never maple.yaml next.yaml
tiercel diff --fail-on never maple.yaml "$out/next.yaml"
