#!/usr/bin/env bash
# Builds the images of deploy/Dockerfile and runs them, where there is no Docker engine and no registry of images:
# buildah builds them on a base made by debootstrap with this machine's Node, runc runs them with a read-only root and no
# rights, against a private MariaDB. Shows that orders are exported, what the health check says, how it stops, and what
# takes how much of the image.
#
# Needs root, and of Debian: buildah, runc, debootstrap, curl, mariadb-server-core; and the packages (npm ci).
# npm in the build uses the registry that npm uses here.
#
#   scripts/try-image.sh
#     NODE=/path/to/node     another Node than this machine's goes into the base
#     BASE=/path/to/folder   keeps the base there and takes it from there the next time
#     STORAGE_DRIVER=vfs     buildah's storage; without it overlay, which is much faster, where it can be mounted
set -euo pipefail
# shellcheck source=scripts/try-lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/try-lib.sh"

for pair in buildah:buildah runc:runc curl:curl npm:npm; do need "${pair%:*}" "${pair#*:}"; done
((EUID == 0)) || fail "building without namespaces of one's own needs root"

base=${BASE:-$work/base}
# Short names are never looked for in a registry.
echo 'unqualified-search-registries = []' >"$work/registries.conf"
export CONTAINERS_REGISTRIES_CONF=$work/registries.conf
can_overlay() {
  mkdir -p "$work"/overlay/{lower,upper,work,merged}
  mount -t overlay overlay -o "lowerdir=$work/overlay/lower,upperdir=$work/overlay/upper,workdir=$work/overlay/work" \
    "$work/overlay/merged" 2>/dev/null && umount "$work/overlay/merged"
}
storage_driver=${STORAGE_DRIVER:-$(can_overlay && echo overlay || echo vfs)}
buildah() {
  command buildah --root "$work/storage" --runroot "$work/runroot" --storage-driver "$storage_driver" "$@"
}
# Mounted images would outlive this script.
clean_ups+=('buildah umount --all >/dev/null')

say "1. A base: Debian by debootstrap, with Node and npm"
make_debian "$base"
node=${NODE:-$(command -v node)}
npm_folder=$(npm root --global)/npm
mkdir -p "$base/usr/local/lib/node_modules"
install "$node" "$base/usr/local/bin/node"
rm -rf "$base/usr/local/lib/node_modules/npm"
cp -a "$npm_folder" "$base/usr/local/lib/node_modules/npm"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$base/usr/local/bin/npm"
container=$(buildah from scratch)
buildah add --quiet "$container" "$base" / >/dev/null
buildah commit --quiet --format docker "$container" node-base >/dev/null
buildah rm "$container" >/dev/null
ok "Node $("$node" --version), $(du -sm "$base" | cut -f1) MB with npm and all of Debian's minbase"

say "2. The images"
# How npm reaches its registry is this machine's affair: a file that is there during the build only.
certificates=$(npm config get cafile)
echo "registry=$(npm config get registry)" >"$work/npmrc"
mounts=(--volume "$work/npmrc:/root/.npmrc:ro")
if [[ -f $certificates ]]; then
  echo "cafile=$certificates" >>"$work/npmrc"
  mounts+=(--volume "$certificates:$certificates:ro")
fi
for target in bridge sample-store; do
  # docker: the format of OCI knows no health check.
  buildah build --isolation chroot --format docker --layers --quiet --file "$root/deploy/Dockerfile" \
    --build-arg NODE_IMAGE=localhost/node-base "${mounts[@]}" --target "$target" --tag "$target" "$root" \
    >"$work/build.log" 2>&1 || fail "the build of $target: $(grep -v 'npm notice' "$work/build.log" | tail -n 15)"
  ok "target $target is built"
done

# mount_image IMAGE: where its files are.
mount_image() { buildah mount "$(buildah from --name "$1-files" "localhost/$1")"; }
bridge_files=$(mount_image bridge)
store_files=$(mount_image sample-store)
bytes() { du -sb "$@" | awk '{ sum += $1 } END { printf "%.1f MB", sum / 1e6 }'; }
total=$(du -sb "$bridge_files" | cut -f1)
printf '      %-28s %s\n' \
  "Node's binary" "$(bytes "$bridge_files/usr/local/bin/node")" \
  "libraries that it needs" "$(bytes "$bridge_files"/lib*)" \
  "packages (node_modules)" "$(bytes "$bridge_files/app/node_modules")" \
  "the program (dist)" "$(bytes "$bridge_files/app/dist")" \
  "the whole image" "$(bytes "$bridge_files"); buildah says $(buildah images --format '{{.Size}}' localhost/bridge)"
((total < 200000000)) || fail "the image has 200 MB or more"
ok "below 200 MB"

for path in bin/sh usr/bin/sh bin/bash bin/busybox usr/local/bin/npm usr/bin/apt app/src app/.env \
  app/node_modules/typescript app/node_modules/vitest; do
  [[ ! -e $bridge_files/$path ]] || fail "the image has $path"
done
ok "no shell, no npm, no package manager, no packages for development"

say "3. A sample store, by the image sample-store, in a private MariaDB"
start_mariadb
# run_image NAME FILES ARGUMENTS…: runs an image until it ends. runc tells its own failures by exit code 1 as well, but
# prints them.
run_image() {
  local image=$1 files=$2
  shift 2
  mkdir -p "$work/run-$image"
  buildah inspect --type image "localhost/$image" | node "$root/scripts/runtime-config.mjs" "$files" "$@" \
    >"$work/run-$image/config.json"
  exec runc --root "$work/runc" run --bundle "$work/run-$image" "$image"
}
answer=$(run_image sample-store "$store_files" --env "CSCART_DATABASE_URL=$database_url" 2>&1) || fail "$answer"
expect "$answer" 'now holds a CS-Cart' "$answer"

say "4. The bridge: read-only root, user 1000, no rights, secrets as files"
mkdir "$work/secrets"
printf '%s\n' "$database_url" >"$work/secrets/database-url"
echo 'try password' >"$work/secrets/password"
port=$(free_port)
ops_port=$(free_port)
run_image bridge "$bridge_files" --mount "$work/secrets:/run/secrets" \
  --env HOST=127.0.0.1 --env "PORT=$port" --env "OPS_PORT=$ops_port" \
  --env SHIPSTATION_USERNAME=shipstation --env SHIPSTATION_PASSWORD_FILE=/run/secrets/password \
  --env CSCART_DATABASE_URL_FILE=/run/secrets/database-url >"$work/bridge.log" 2>&1 &
bridge_pid=$!
# shellcheck disable=SC2016 # expanded when it is run
clean_ups+=('runc --root "$work/runc" delete --force bridge 2>/dev/null')
started+=("$bridge_pid")
in_bridge() { runc --root "$work/runc" exec bridge "$@"; }
(wait_for 60 "the bridge is ready" curl -fsS "http://127.0.0.1:$ops_port/readyz") || fail "$(tail -n 5 "$work/bridge.log")"
ok "/readyz: $(curl -fsS "http://127.0.0.1:$ops_port/readyz")"

expect "process 1 is node itself" '^node dist/main.js serve' \
  "$(in_bridge node -p 'require("fs").readFileSync("/proc/1/cmdline", "utf8").replaceAll("\0", " ")')"
expect "as user 1000" '^1000 1000$' "$(in_bridge node -p 'process.getuid() + " " + process.getgid()')"
expect "without any rights" 'CapEff:.0000000000000000' "$(in_bridge node -p 'require("fs").readFileSync("/proc/1/status", "utf8")')"
for folder in / /app /tmp /etc; do
  said=$(in_bridge node -e "try { require('fs').writeFileSync('$folder/x', ''); console.log('written') } catch (e) { console.log(e.code) }")
  expect "nothing can be written into $folder: $said" '^(EROFS|ENOENT)$' "$said"
done

url=http://127.0.0.1:$port/shipstation
expect "Test Connection is answered" '<Orders pages="1"' "$(curl -sS -u 'shipstation:try password' "$url?action=export")"
window='start_date=01/01/2020+00:00&end_date=12/31/2037+00:00&page=1'
orders=$(curl -sS -u 'shipstation:try password' "$url?action=export&$window" | grep -o '<Order>' | wc -l)
((orders > 0)) || fail "no orders in the export"
ok "an export: $orders orders"
expect "a wrong password: 401" '^401$' "$(curl -sS -o /dev/null -w '%{http_code}' -u shipstation:wrong "$url?action=export")"

say "5. The image's own health check"
mapfile -t check < <(buildah inspect --type image localhost/bridge |
  node "$root/scripts/runtime-config.mjs" --health-check | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).join("\n"))')
in_bridge "${check[@]}" || fail "the health check failed"
ok "says healthy (exit code 0)"
if runc --root "$work/runc" exec --env OPS_PORT=1 bridge "${check[@]}"; then fail "the health check passes where nothing listens"; fi
ok "says unhealthy (exit code 1) where nothing answers"

say "6. Stop"
# ShipStation is in the middle of a notice when the bridge is told to stop.
number=$(curl -sS -u 'shipstation:try password' "$url?action=export&$window" | last_paid_order)
{
  echo '<?xml version="1.0"?><ShipNotice><Carrier>UPS</Carrier><TrackingNumber>1Z999AA10123456784</TrackingNumber>'
  sleep 2
  echo '</ShipNotice>'
} | curl -sS -X POST --upload-file - -H 'Content-Type: application/xml' -u 'shipstation:try password' \
  "$url?action=shipnotify&order_number=$number&carrier=UPS&service=Ground&tracking_number=1Z999AA10123456784" \
  >"$work/notice.answer" 2>&1 &
notice_pid=$!
sleep 1
before=$(date +%s%N)
runc --root "$work/runc" kill bridge TERM
wait "$notice_pid" || fail "the notice got no answer: $(cat "$work/notice.answer")"
expect "the notice in flight is answered: $(cat "$work/notice.answer")" "^Shipment .* of order $number shipped" \
  "$(cat "$work/notice.answer")"
status=0
wait "$bridge_pid" || status=$?
((status == 0)) || fail "the bridge ended with $status: $(tail -n 5 "$work/bridge.log")"
grep -q '"event":"bridge.stopped"' "$work/bridge.log" || fail "no bridge.stopped in the log"
ok "SIGTERM: finished what was in flight and ended with code 0 after $((($(date +%s%N) - before) / 1000000)) ms"

say "7. Other commands of the program in the same image"
settings=(--mount "$work/secrets:/run/secrets" --env SHIPSTATION_USERNAME=shipstation
  --env SHIPSTATION_PASSWORD_FILE=/run/secrets/password --env CSCART_DATABASE_URL_FILE=/run/secrets/database-url)
ok "--version: $(run_image bridge "$bridge_files" --command=--version)"
expect "install --print: the SQL of an account" 'grant select .*on .*orders' \
  "$(run_image bridge "$bridge_files" "${settings[@]}" --command=install --command=--print)"
say "The image does what it has to."
