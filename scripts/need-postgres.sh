#!/usr/bin/env bash
# Prints the folder of the programs of a PostgreSQL (15 or later) with which tests start servers of their own. Where there
# is none, installs Debian's, without starting a server of the system. Asks nothing; says why when it cannot.
set -euo pipefail

oldest=15

version_of() { # the major version of the programs in a folder; fails when one of them is missing
  local dir=$1 name
  for name in initdb pg_ctl postgres; do
    [ -x "$dir/$name" ] || return 1
  done
  "$dir/postgres" --version 2>/dev/null | sed -nE 's/.* ([0-9]+)([.a-z].*)?$/\1/p' | head -n 1
}

good() { # true when a folder holds a server that is new enough
  local version
  version=$(version_of "$1") && [ -n "$version" ] && [ "$version" -ge "$oldest" ]
}

find_postgres() {
  local dir path
  if [ -n "${TRUCELINE_POSTGRES:-}" ]; then
    good "$TRUCELINE_POSTGRES" || {
      echo "TRUCELINE_POSTGRES names $TRUCELINE_POSTGRES, where initdb, pg_ctl and postgres of version $oldest or later are not; unset it or mend it" >&2
      exit 1
    }
    printf '%s\n' "$TRUCELINE_POSTGRES"
    return 0
  fi
  if path=$(command -v postgres 2>/dev/null); then
    dir=$(dirname "$(readlink -f "$path")")
    good "$dir" && printf '%s\n' "$dir" && return 0
  fi
  while IFS= read -r dir; do
    good "$dir" && printf '%s\n' "$dir" && return 0
  done < <(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null | sort -rV)
  return 1
}

if find_postgres; then
  exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests of the PostgreSQL store need its programs, version $oldest or later. There is no apt-get here: install them, or name their folder in TRUCELINE_POSTGRES." >&2
  exit 1
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "The tests of the PostgreSQL store need its programs. Run once as root: apt-get install postgresql" >&2
    exit 1
  fi
  root=(sudo -n)
fi

# Debian starts a server as soon as it installs one, unless this file says otherwise beforehand.
settings=/etc/postgresql-common/createcluster.conf
if [ ! -e "$settings" ]; then
  "${root[@]}" mkdir -p "$(dirname "$settings")"
  printf '%s\n' '# No server of the system is made when PostgreSQL is installed.' 'create_main_cluster = false' |
    "${root[@]}" tee "$settings" >/dev/null
fi

echo "installing postgresql" >&2
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold)
{
  "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends postgresql
} >&2 </dev/null || {
  echo "apt-get could not install postgresql; its words stand above" >&2
  exit 1
}
find_postgres || {
  echo "PostgreSQL was installed, but its programs of version $oldest or later are not where they are looked for" >&2
  exit 1
}
