# Keeps one comment on a pull request: writes it, or replaces what it wrote for an earlier commit.
# In: GH_TOKEN, NUMBER, FILE, VERDICT. That it may not is no failure: the summary of the job has the same.
set -euo pipefail

mark='<!-- tiercel diff -->'
comments="repos/$GITHUB_REPOSITORY/issues"
body="$RUNNER_TEMP/tiercel-comment.md"
{
  echo "$mark"
  cat "$FILE"
} >"$body"

keep() {
  local found
  found="$(gh api --paginate "$comments/$NUMBER/comments" \
    --jq ".[] | select(.body | startswith(\"$mark\")) | .id")" || return 1
  found="${found%%$'\n'*}"
  if [ -n "$found" ]; then
    gh api --silent --method PATCH "$comments/comments/$found" --field "body=@$body"
  elif [ "$VERDICT" != equivalent ]; then
    gh api --silent --method POST "$comments/$NUMBER/comments" --field "body=@$body"
  fi
}

keep || echo "::warning title=tiercel::could not comment; is the permission \`pull-requests: write\` there?"
