# Compares programs with what they were, as Markdown: in the summary of the job, and for a comment.
# In: TIERCEL, FILES, AGAINST or BASE and HEAD, FAIL_ON, UP_TO. Out: file, verdict. Fails on what FAIL_ON says.
. "$(dirname "$0")/inputs.sh"

# What runs for a pull request is a merge of its head into the base as that is now, which is what to compare with;
# the base that the event names may be an older one. The parents are read off the commit, since of a shallow clone
# git shows none.
base() {
  local parents
  parents="$(git cat-file commit HEAD | sed -n -e '/^$/q' -e 's/^parent //p' | tr '\n' ' ')"
  if [ -n "$HEAD" ] && [ "${parents#* }" = "$HEAD " ]; then
    echo "${parents%% *}"
  else
    echo "$BASE"
  fi
}

read_paths files "$FILES"
revision="${AGAINST:-$(base)}"
case "$revision" in -*) refuse "the input \`against\` does not begin with \`-\`" ;; esac
if ! git rev-parse --verify --quiet "$revision^{tree}" >/dev/null; then
  # A clone for a job has one commit.
  git fetch --quiet --no-tags --depth=1 origin "$revision" || refuse "there is no revision \`$revision\` to compare with"
  revision="$(git rev-parse --verify 'FETCH_HEAD^{commit}')"
fi
# What is read as a name stays one; of a number the beginning says as much.
case "$revision" in *[!0-9a-f]*) ;; *) revision="$(git rev-parse --short=10 "$revision")" ;; esac
file="$RUNNER_TEMP/tiercel-diff.md"
said="$RUNNER_TEMP/tiercel-diff.txt"
code=0
"$TIERCEL" diff --against="$revision" --format markdown --fail-on="$FAIL_ON" --up-to="$UP_TO" -- "${paths[@]}" \
  >"$file" 2>"$said" || code=$?
plainly <"$said"
if [ -s "$file" ]; then
  IFS= read -r heading <"$file"
  {
    echo "file=$file"
    echo "verdict=${heading##*: }"
  } >>"$GITHUB_OUTPUT"
  plainly <"$file"
  {
    cat "$file"
    echo
  } >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
