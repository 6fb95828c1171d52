# Turns inputs of the action into arguments. To be sourced; works with the Bash of macOS, which is an old one.
set -euo pipefail

# Says on the page of the job what is wrong with the inputs, and ends with the code for that.
refuse() {
  echo "::error title=tiercel::$1"
  exit 2
}

# Prints standard input to the log, without what would be commands to the runner: a file can be called `::error::`.
plainly() {
  local token
  token="$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')"
  echo "::stop-commands::$token"
  cat
  echo "::$token::"
}

# Whether the input $1, with the value $2, is on.
is_on() {
  case "$2" in
  true) return 0 ;;
  false) return 1 ;;
  *) refuse "the input \`$1\` has to be true or false" ;;
  esac
}

# The lines of $2, the value of the input $1, that are not blank, as the array `paths`.
read_paths() {
  paths=()
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    if [ -n "${line//[[:blank:]]/}" ]; then
      paths+=("$line")
    fi
  done <<<"$2"
  if [ "${#paths[@]}" = 0 ]; then
    refuse "the input \`$1\` names no file and no folder"
  fi
}

# The options of `tiercel check`, as the array `options`, and the files as `paths`.
read_check() {
  options=()
  if is_on strict "$STRICT"; then options+=(--strict); fi
  if [ -n "$SELECT" ]; then options+=("--select=$SELECT"); fi
  if [ -n "$IGNORE" ]; then options+=("--ignore=$IGNORE"); fi
  if [ -n "$BASELINE" ]; then options+=("--baseline=$BASELINE"); fi
  if [ "$TODAY" = now ]; then TODAY="$(date -u +%Y-%m-%d)"; fi
  if [ -n "$TODAY" ]; then options+=("--today=$TODAY"); fi
  read_paths files "$FILES"
}
