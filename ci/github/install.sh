# Installs Tiercel into an environment of its own, and says where the command is.
# In: PYTHON, VERSION (may be empty), and inputs that decide which steps run. Out: tiercel.
. "$(dirname "$0")/inputs.sh"

# Otherwise a step would be left out for a slip.
for input in "sarif $SARIF" "diff $DIFF" "comment $COMMENT"; do
  is_on "${input%% *}" "${input#* }" || true
done

environment="$RUNNER_TEMP/tiercel"
"$PYTHON" -m venv "$environment"
programs="$environment/bin"
if [ ! -d "$programs" ]; then
  programs="$environment/Scripts" # on Windows
fi
if [ -n "$VERSION" ]; then
  package="tiercel==$VERSION"
else
  package="$GITHUB_ACTION_PATH"
fi
"$programs/python" -m pip install --quiet --disable-pip-version-check "$package"
echo "tiercel=$programs/tiercel" >>"$GITHUB_OUTPUT"
