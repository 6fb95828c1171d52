# Runs the tests of programs; what they say is in the log, and in the summary of the job.
# In: TIERCEL, TESTS. Fails where a test does.
. "$(dirname "$0")/inputs.sh"

read_paths tests "$TESTS"
said="$RUNNER_TEMP/tiercel-test.txt"
code=0
"$TIERCEL" test -- "${paths[@]}" >"$said" 2>&1 || code=$?
plainly <"$said"
{
  echo "### Tests of loyalty programs"
  echo
  echo "<pre>"
  # A summary has room for 1 MiB.
  head -c 200000 "$said" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'
  echo "</pre>"
  echo
} >>"$GITHUB_STEP_SUMMARY"
exit "$code"
