# shellcheck shell=bash
# What the scripts try-*.sh share; they read it with `source`. Each of them has a folder of its own, $work, and whatever
# they start ends with them.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/${0##*/}.XXXXXX")
# mktemp makes it for root alone, but web servers and containers that are not root read in it.
chmod 755 "$work"
# Processes to end, the last one first; and commands that clean up what is no process of this script.
started=()
clean_ups=()

say() { printf '\n%s\n' "$*"; }
ok() { printf '  ok  %s\n' "$*"; }
fail() {
  printf '  FAILED  %s\n' "$*" >&2
  exit 1
}

# Ends what was started, removes the folder, and keeps the exit code.
clean_up() {
  local status=$? at pid
  trap - EXIT
  for ((at = ${#clean_ups[@]} - 1; at >= 0; at--)); do eval "${clean_ups[at]}" || true; done
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do
    pid=${started[at]}
    kill "$pid" 2>/dev/null || continue
    wait "$pid" 2>/dev/null || true
  done
  # What a build that was broken off has left mounted.
  awk -v work="$work/" 'index($2, work) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount
  [[ $(awk '{ print $2 }' /proc/mounts) == *"$work"* ]] || rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT
# Bash runs no EXIT trap when such a signal ends it, unless it has one of its own.
trap 'exit 130' INT
trap 'exit 143' TERM

# need PROGRAM PACKAGE: ends with a sentence when a program is missing.
need() { command -v "$1" >/dev/null || fail "$1 is missing: install the package $2"; }

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what: not after so many seconds"
    sleep 0.2
  done
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

# expect WHAT PATTERN TEXT: the text must match the extended regular expression.
expect() {
  if [[ $3 =~ $2 ]]; then ok "$1"; else fail "$1: got '${3:0:400}'"; fi
}

# make_debian FOLDER [packages,…]: this machine's release of Debian, as small as it gets, unless the folder has one.
make_debian() {
  local folder=$1 mirror codename
  [[ ! -e $folder/etc/debian_version ]] || return 0
  need debootstrap debootstrap
  # shellcheck disable=SC2016 # apt replaces it
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  debootstrap --variant=minbase ${2:+--include="$2"} "$codename" "$folder" "$mirror" >"$work/debootstrap.log" 2>&1 ||
    fail "debootstrap: $(tail -n 3 "$work/debootstrap.log")"
  rm -rf "$folder"/var/cache/apt/archives/*.deb "$folder"/var/lib/apt/lists/*
}

# Of an export: the number of its last order that is to be shipped.
last_paid_order() {
  sed 's/<Order>/\n/g' | grep '<OrderStatus>paid<' | grep -oP '<OrderNumber>\K[^<]+' | tail -n 1
}

# Starts a private MariaDB with an empty database; its URL is in $database_url.
start_mariadb() {
  [[ -d $root/node_modules/tsx ]] || fail "the packages are missing: run npm ci --include=dev"
  # The TypeScript runner would leave a cache in the temporary folder.
  (cd "$root" && TSX_DISABLE_CACHE=1 exec node --import tsx demo/private-mariadb.ts) >"$work/mariadb.out" &
  started+=($!)
  wait_for 90 "MariaDB starts" grep -q '^mysql://' "$work/mariadb.out"
  # shellcheck disable=SC2034 # used by who reads this file
  database_url=$(cat "$work/mariadb.out")
}
