#!/usr/bin/env bash
# Runs the bridge under deploy/systemd/cscart-shipstation.service: a Debian with systemd (by debootstrap), booted with
# systemd-nspawn, gets the program and the unit by the commands of deploy/README.md, and the bridge answers out of a
# private MariaDB of this machine. Prints what `systemd-analyze` says of the unit, shows that orders are exported inside
# of all its restrictions, that a crash is mended, and how it stops.
#
# Needs root, and of Debian: systemd-container, debootstrap, curl, mariadb-server-core; and the packages (npm ci).
#
#   scripts/try-systemd.sh
#     BASE=/path/to/folder   keeps the Debian there and takes it from there the next time
set -euo pipefail
# shellcheck source=scripts/try-lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/try-lib.sh"

for pair in systemd-nspawn:systemd-container systemd-analyze:systemd curl:curl npm:npm; do need "${pair%:*}" "${pair#*:}"; done
((EUID == 0)) || fail "a system of its own needs root"
unit=cscart-shipstation.service

say "1. What systemd-analyze says of the unit"
systemd-analyze verify "$root/deploy/systemd/$unit" || fail "systemd-analyze verify refuses it"
ok "systemd-analyze verify: nothing to say"
exposure=$(systemd-analyze security --offline=yes --no-pager "$root/deploy/systemd/$unit" | grep -oP 'Overall exposure level.*: \K[\d.]+ \w+')
ok "systemd-analyze security: $exposure (0 is safest, 10 is what a unit without any restriction comes near to)"

say "2. A Debian with systemd, the program, its settings, a sample store"
base=${BASE:-$work/base}
make_debian "$base" systemd,systemd-sysv
machine=$work/machine
cp -a "$base" "$machine"
install "$(command -v node)" "$machine/usr/bin/node"
opt=$machine/opt/cscart-shipstation
mkdir "$opt"
"$root/node_modules/.bin/tsc" -p "$root/tsconfig.build.json" --outDir "$opt/dist"
cp "$root"/{package.json,package-lock.json,.npmrc,README.md,LICENSE} "$opt"
(cd "$opt" && npm ci --omit=dev --loglevel=error >"$work/npm.log" 2>&1) || fail "npm ci: $(tail -n 3 "$work/npm.log")"
install -D -m 644 "$root/deploy/systemd/cscart-shipstation.sysusers" "$machine/etc/sysusers.d/cscart-shipstation.conf"
cp "$root/deploy/systemd/$unit" "$machine/etc/systemd/system/"
start_mariadb
(cd "$root" && TSX_DISABLE_CACHE=1 CSCART_DATABASE_URL=$database_url node --import tsx demo/load-sample-store.ts) |
  sed 's/^/  ok  /'

systemd-nspawn --quiet --directory "$machine" --register=no --keep-unit --boot --console=pipe </dev/null >"$work/boot.log" 2>&1 &
nspawn=$!
# shellcheck disable=SC2016 # expanded when it is run
clean_ups+=('kill "$nspawn"; wait "$nspawn"')
# The system's own process 1, by whose eyes the commands below see it.
first_process() { pgrep --parent "$nspawn" --full systemd; }
wait_for 30 "the system boots" first_process
inside() { nsenter --target "$(first_process | head -n 1)" --all -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
wait_for 60 "the system is up" inside sh -c 'systemctl is-system-running | grep -E "running|degraded"'
ok "$(inside systemctl --version | head -n 1) is process 1 of a system of its own"

port=$(free_port)
ops=$(free_port)
# HOST: every address, because what Node needs for that must not be among the restrictions.
sed -e 's#^SHIPSTATION_PASSWORD=.*#SHIPSTATION_PASSWORD_FILE=/etc/cscart-shipstation/shipstation_password#' \
  -e 's#^CSCART_DATABASE_URL=.*#CSCART_DATABASE_URL_FILE=/etc/cscart-shipstation/cscart_database_url#' \
  -e "s/^#HOST=.*/HOST=0.0.0.0/; s/^#PORT=.*/PORT=$port/; s/^#OPS_PORT=.*/OPS_PORT=$ops/" \
  "$root/.env.example" >"$machine/root/settings.env"
inside sh -ec "
  systemd-sysusers
  install -d -m 750 -g cscart-shipstation /etc/cscart-shipstation
  cd /etc/cscart-shipstation
  install -m 640 -g cscart-shipstation /root/settings.env settings.env
  umask 027
  echo 'first password' > shipstation_password
  echo '$database_url' > cscart_database_url
  chgrp cscart-shipstation shipstation_password cscart_database_url
"
inside systemctl --quiet enable --now cscart-shipstation || fail "$(inside journalctl --no-pager -u cscart-shipstation)"

say "3. The bridge, inside of all restrictions"
(wait_for 60 "the bridge is ready" curl -fsS "http://127.0.0.1:$ops/readyz") || fail "$(inside journalctl --no-pager --lines 20 -u cscart-shipstation)"
ok "/readyz: $(curl -fsS "http://127.0.0.1:$ops/readyz")"
url=http://127.0.0.1:$port/shipstation
window='start_date=01/01/2020+00:00&end_date=12/31/2037+00:00&page=1'
orders=$(curl -sS -u 'shipstation:first password' "$url?action=export&$window" | grep -o '<Order>' | wc -l)
((orders > 0)) || fail "no orders in the export"
ok "an export: $orders orders"
expect "a wrong password: 401" '^401$' "$(curl -sS -o /dev/null -w '%{http_code}' -u shipstation:wrong "$url?action=export")"
main_pid() { inside systemctl show --property MainPID --value cscart-shipstation; }
status=$(inside cat "/proc/$(main_pid)/status")
expect "its account is cscart-shipstation" "^$(inside id -u cscart-shipstation)$" "$(awk '/^Uid:/ { print $2 }' <<<"$status")"
expect "without any rights" '^0000000000000000$' "$(awk '/^CapBnd:/ { print $2 }' <<<"$status")"
expect "behind a filter of system calls" '^2$' "$(awk '/^Seccomp:/ { print $2 }' <<<"$status")"
expect "its log is in the journal" '"event":"bridge.ready"' "$(inside journalctl --no-pager --output cat -u cscart-shipstation)"
ok "it takes $(inside cat "/proc/$(main_pid)/status" | awk '/^VmRSS:/ { printf "%d MB", $2 / 1024 }') of memory after this"

say "4. A crash"
before=$(main_pid)
inside kill -KILL "$before"
restarted() { [[ $(main_pid) != "$before" && $(main_pid) != 0 ]] && curl -fsS "http://127.0.0.1:$ops/readyz"; }
wait_for 30 "it comes back" restarted
ok "SIGKILL: systemd has started it again, and it is ready"

say "5. Stop"
inside systemctl stop cscart-shipstation
expect "ends with code 0" '^success 0$' "$(inside systemctl show --property Result --property ExecMainStatus --value cscart-shipstation | paste -sd ' ')"
expect "after it has finished what was in flight" '"event":"bridge.stopped"' "$(inside journalctl --no-pager --output cat --lines 5 -u cscart-shipstation)"
say "The unit does what it has to."
