#!/usr/bin/env bash
# Runs every check and then counts them. A check that cannot run counts as failed; nothing is skipped.
# Ends with the plain line "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

checks=()
check() { # check NAME COMMAND...: runs the command and keeps how it went
  local name=$1 start=$SECONDS
  shift
  printf '== %s\n' "$name"
  if "$@"; then checks+=("-passed" "$name"); else
    checks+=("-failed" "$name")
    printf '== %s failed\n' "$name" >&2
  fi
  printf '== %s: %d s\n' "$name" $((SECONDS - start))
}

chromium() {
  local path
  path=$(bash scripts/need-chromium.sh) || return 1
  export TRUCELINE_CHROMIUM=$path
  printf '%s\n' "$path"
}

postgres() {
  local path
  path=$(bash scripts/need-postgres.sh) || return 1
  export TRUCELINE_POSTGRES=$path
  printf '%s\n' "$path"
}

# The peers stand in a module of their own, which ./... does not reach. Nothing is timed here.
peers() {
  go -C bench vet ./... && go -C bench test -count=1 -timeout 4m ./...
}

mkdir -p bin
go build -o bin/testsum ./tools/testsum || {
  echo "tools/testsum does not build, so nothing can be counted" >&2
  echo "0 passed, 1 failed"
  exit 1
}

check assets bash scripts/assets.sh
check lint make --no-print-directory lint
check vet go vet ./...
check peers peers
if grep -rlq --include='*_test.go' '"github.com/chromedp/chromedp"' .; then check chromium chromium; fi
check postgres postgres
if command -v gcc >/dev/null 2>&1; then check race make --no-print-directory race; else
  echo "== race: no C compiler here; the race detector needs one, the tests below do not"
fi

echo "== tests"
go test -json -count=1 -timeout 8m ./... | bin/testsum "${checks[@]}"
