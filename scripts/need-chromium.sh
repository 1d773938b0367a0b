#!/usr/bin/env bash
# Prints the path of a Chromium that the browser tests can drive. Where there is none, installs Debian's
# together with fonts for Chinese. Asks nothing; says why when it cannot.
set -euo pipefail

find_browser() {
  local name
  if [ -n "${TRUCELINE_CHROMIUM:-}" ]; then
    [ -x "$TRUCELINE_CHROMIUM" ] || {
      echo "TRUCELINE_CHROMIUM names $TRUCELINE_CHROMIUM, which cannot be run; unset it or mend it" >&2
      exit 1
    }
    printf '%s\n' "$TRUCELINE_CHROMIUM"
    return 0
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" 2>/dev/null && return 0
  done
  return 1
}

cjk_font() { # true when a font with Chinese is there; without fc-list nobody can say, so false
  command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null | head -n 1)" ]
}

if find_browser >/dev/null && cjk_font; then
  find_browser
  exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The browser tests need Chromium and a font with Chinese. There is no apt-get here: install both, or set TRUCELINE_CHROMIUM." >&2
  exit 1
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "The browser tests need Chromium and a font with Chinese. Run once as root: apt-get install chromium fonts-noto-cjk" >&2
    exit 1
  fi
  root=(sudo -n)
fi

wanted=(fontconfig fonts-noto-cjk)
find_browser >/dev/null || wanted+=(chromium)
echo "installing ${wanted[*]}" >&2
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120)
{
  "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${wanted[@]}"
} >&2 </dev/null || {
  echo "apt-get could not install ${wanted[*]}; its words stand above" >&2
  exit 1
}
find_browser || {
  echo "Chromium was installed but cannot be found on PATH" >&2
  exit 1
}
