# Checks programs: annotations, and a table in the summary of the job.
# In: TIERCEL, FILES, STRICT, SELECT, IGNORE, BASELINE, TODAY. Fails where the check does.
. "$(dirname "$0")/inputs.sh"

read_check
"$TIERCEL" check --format github ${options[@]+"${options[@]}"} -- "${paths[@]}"
