# Checks programs: annotations, and a table in the summary of the job.
# In: TIERCEL, FILES, STRICT, SELECT, IGNORE, BASELINE, TODAY. Fails where the check does.
. "$(dirname "$0")/inputs.sh"

read_check
said="$RUNNER_TEMP/tiercel-check.txt"
code=0
"$TIERCEL" check --format github ${options[@]+"${options[@]}"} -- "${paths[@]}" 2>"$said" || code=$?
plainly <"$said"
exit "$code"
