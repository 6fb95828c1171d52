# Writes what a check finds as SARIF. That something is found is no failure here, the check has said so.
# In: what check.sh has, and PYTHON. Out: file.
. "$(dirname "$0")/inputs.sh"

read_check
everything="$RUNNER_TEMP/tiercel-everything.sarif"
file="$RUNNER_TEMP/tiercel.sarif"
said="$RUNNER_TEMP/tiercel-sarif.txt"
code=0
"$TIERCEL" check --format sarif ${options[@]+"${options[@]}"} -- "${paths[@]}" >"$everything" 2>"$said" || code=$?
plainly <"$said"
# A report is there as well where files could not be read, and none where the options were refused.
if [ ! -s "$everything" ]; then
  exit "$code"
fi
"$PYTHON" "$(dirname "$0")/reported.py" <"$everything" >"$file"
echo "file=$file" >>"$GITHUB_OUTPUT"
