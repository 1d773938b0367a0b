#!/usr/bin/env bash
# soak.sh MINUTES: shares the minutes between all fuzz targets (three quarters) and all property tests.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

minutes=${1:-10}
case "$minutes" in '' | *[!0-9]* | 0) echo "soak.sh: minutes must be a whole number above 0, not \"$minutes\"" >&2 && exit 2 ;; esac
seconds=$((minutes * 60))

mapfile -t targets < <(grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sed -E 's#^(.*)/[^/]+:[0-9]+:func (.*)$#\1 \2#' | sort -u)
mapfile -t properties < <(grep -rlE --include='*_test.go' '"pgregory.net/rapid"' . | xargs -r -n1 dirname | sort -u)
if [ ${#targets[@]} -eq 0 ] && [ ${#properties[@]} -eq 0 ]; then
  echo "soak.sh: neither fuzz targets nor property tests found" >&2
  exit 1
fi

if [ ${#targets[@]} -gt 0 ]; then
  each=$((seconds * 3 / 4 / ${#targets[@]}))
  [ "$each" -ge 5 ] || each=5
  for target in "${targets[@]}"; do
    read -r folder name <<<"$target"
    echo "== $folder $name: $each s"
    go test -run '^$' -fuzz "^$name\$" -fuzztime "${each}s" "$folder"
  done
fi
if [ ${#properties[@]} -gt 0 ]; then
  echo "== property tests: ${properties[*]}"
  go test -count=1 -timeout "$((seconds / 4 + 60))s" "${properties[@]}" -rapid.checks=5000
fi
echo "== a process that records, killed 500 times"
TRUCELINE_KILLS=500 go test -count=1 -timeout 40m -run '^TestKilledAtAnyMoment$' -v ./internal/cli | tail -4
