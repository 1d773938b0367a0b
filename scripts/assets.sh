#!/usr/bin/env bash
# Makes the scripts of the site (internal/web/assets) and the fonts of PDF (internal/render/fonts): fetches what
# assets/package-lock.json pins, by npm's own settings of where from, and bundles it. Does nothing where they are newer
# than their sources. The site works without its scripts; PDF needs its fonts.
set -euo pipefail
cd "$(dirname "$0")/.."

fetched=assets/node_modules/.package-lock.json

# fresh FILE SOURCE...: tells whether a file that was made is newer than what it was made from
fresh() {
  local made=$1
  shift
  [ -f "$made" ] && [ -z "$(find assets/package-lock.json "$@" -newer "$made" -type f -print -quit)" ]
}

fetch() {
  if [ -f "$fetched" ] && [ ! assets/package-lock.json -nt "$fetched" ]; then return; fi
  if ! command -v npm >/dev/null 2>&1; then
    echo "npm is not here, so the program is built without the scripts of the site, which needs none, and without the fonts of PDF" >&2
    exit 1
  fi
  (cd assets && npm ci --no-progress) >&2 </dev/null
  touch "$fetched"
}

if ! fresh internal/web/assets/map-worker.js internal/web/assets-src tools/bundle; then # written last but one
  fetch
  go -C tools/bundle build -o ../../bin/bundle .
  bin/bundle >&2
fi
if ! fresh internal/render/fonts/NotoSerifSC-Bold.ttf.gz tools/fonts; then # written last
  fetch
  go run ./tools/fonts >&2
fi
