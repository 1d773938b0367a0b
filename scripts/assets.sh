#!/usr/bin/env bash
# Makes the scripts of the site (internal/web/assets): fetches what assets/package-lock.json pins, by npm's own
# settings of where from, and bundles it. Does nothing where they are newer than their sources. The site works without them.
set -euo pipefail
cd "$(dirname "$0")/.."

made=internal/web/assets/map-worker.js # written last but one
fetched=assets/node_modules/.package-lock.json
if [ -f "$made" ] && [ -z "$(find assets/package-lock.json internal/web/assets-src tools/bundle -newer "$made" -type f -print -quit)" ]; then
  exit 0
fi
if [ ! -f "$fetched" ] || [ assets/package-lock.json -nt "$fetched" ]; then
  if ! command -v npm >/dev/null 2>&1; then
    echo "npm is not here, so the site is built without its scripts; its pages need none" >&2
    exit 1
  fi
  (cd assets && npm ci --no-progress) >&2 </dev/null
  touch "$fetched"
fi
go -C tools/bundle build -o ../../bin/bundle .
bin/bundle >&2
