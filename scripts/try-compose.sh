#!/usr/bin/env bash
# Puts deploy/docker-compose.yml through `docker-compose config` (or the newer `docker compose config`), as it is used
# beside a store's database and with the profile `demo`.
# Needs no Docker engine.
set -euo pipefail
# shellcheck source=scripts/try-lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/try-lib.sh"

if command -v docker-compose >/dev/null; then
  compose=(docker-compose)
else
  compose=(docker compose)
  "${compose[@]}" version >/dev/null 2>&1 || fail "docker-compose is missing: install the package docker-compose"
fi

# A copy: what somebody has put into deploy/.env and deploy/secrets is no matter of this script.
cp -r "$root/deploy" "$work/deploy"
rm -rf "$work/deploy/.env" "$work/deploy/secrets"
cd "$work/deploy"

run() { env -i PATH="$PATH" HOME="$work" "${compose[@]}" "$@"; }

say "1. Beside a store's database"
run config >"$work/default.yml" || fail "docker-compose refuses it"
ok "docker-compose config: accepted"

say "2. With the profile demo"
run --profile demo config >"$work/demo.yml" || fail "docker-compose refuses it"
ok "docker-compose --profile demo config: accepted"
grep -o "$work/deploy/demo-secrets/[a-z_]*" "$work/demo.yml" | sort -u | while read -r file; do
  [[ -s $file ]] || fail "the secret ${file##*/} is missing or empty"
  ok "the secret ${file##*/} is there"
done

say "3. Settings of the file .env"
echo "STATUS_AWAITING_SHIPMENT='Open,Paid'" >.env
echo 'EXPORT_PAGE_SIZE=250' >>.env
run config >"$work/settings.yml" || fail "docker-compose refuses it"
expect "a list in quotes comes through" 'STATUS_AWAITING_SHIPMENT: Open,Paid' "$(cat "$work/settings.yml")"
expect "so does a number" "EXPORT_PAGE_SIZE: '?250" "$(cat "$work/settings.yml")"
say "docker-compose takes both."
