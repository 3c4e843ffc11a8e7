#!/usr/bin/env bash
# Starts nginx, Apache and Caddy with the files of deploy/nginx, deploy/apache and deploy/caddy, in front of the real
# bridge on a sample store in a private MariaDB, and asks through each of them over TLS what ShipStation asks. Of the
# files only addresses, ports and the certificate are replaced.
#
# Needs of Debian: nginx-light, apache2, caddy, curl, openssl, mariadb-server-core; and the packages (npm ci).
#
#   scripts/try-proxies.sh            all three
#   scripts/try-proxies.sh nginx      one of them
set -euo pipefail
# shellcheck source=scripts/try-lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/try-lib.sh"

# As root, because it is in no other account's PATH on Debian.
PATH=$PATH:/usr/sbin
proxies=("$@")
((${#proxies[@]} > 0)) || proxies=(nginx apache caddy)
for pair in nginx:nginx-light apache2:apache2 caddy:caddy curl:curl openssl:openssl; do need "${pair%:*}" "${pair#*:}"; done

name=shop.example.com
tls=$(free_port)
plain=$(free_port)
bridge=$(free_port)
ops=$(free_port)
shop=$(free_port)
echo=$(free_port)

say "The bridge, on a sample store in a private MariaDB; a stand-in for the shop; a certificate"
start_mariadb
(cd "$root" && TSX_DISABLE_CACHE=1 CSCART_DATABASE_URL=$database_url node --import tsx demo/load-sample-store.ts) |
  sed 's/^/  /'
(
  cd "$root"
  export TSX_DISABLE_CACHE=1 PORT=$bridge OPS_PORT=$ops CSCART_DATABASE_URL=$database_url TRUST_PROXY=127.0.0.1
  export SHIPSTATION_USERNAME=shipstation SHIPSTATION_PASSWORD='try: a pässword'
  exec node --import tsx src/main.ts serve
) >"$work/bridge.log" 2>&1 &
started+=($!)
node "$root/scripts/stand-in.mjs" "the shop" "$shop" &
started+=($!)
node "$root/scripts/stand-in.mjs" "in place of the bridge" "$echo" &
started+=($!)
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log" || fail "$(cat "$work/openssl.log")"
wait_for 60 "the bridge is ready" curl -fsS "http://127.0.0.1:$ops/readyz"
ok "the bridge is ready"

# with_ports PORT_OF_THE_BRIDGE FILE: the file, with this script's ports and certificate.
with_ports() {
  sed -e "s#127.0.0.1:8080#127.0.0.1:$1#g; s#127.0.0.1:8000#127.0.0.1:$shop#g" \
    -e "s#/etc/ssl/certs/$name.pem#$work/cert.pem#; s#/etc/ssl/private/$name.key#$work/key.pem#" "$root/deploy/$2"
}

# What each server needs beyond the shop's site is what its package's main file has.
start_nginx() {
  with_ports "$1" nginx/cscart-shipstation.conf >"$work/nginx-snippet.conf"
  with_ports "$1" nginx/shop.conf | sed -e "s#listen 443 ssl#listen 127.0.0.1:$tls ssl#; s#listen 80;#listen 127.0.0.1:$plain;#" \
    -e '/listen \[::\]/d' -e "s#/etc/nginx/snippets/cscart-shipstation.conf#$work/nginx-snippet.conf#" >"$work/nginx-site.conf"
  cat >"$work/nginx.conf" <<END
worker_processes 1;
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { worker_connections 256; }
http {
  access_log $work/nginx-access.log;
  client_body_temp_path $work/nginx-body; proxy_temp_path $work/nginx-proxy; fastcgi_temp_path $work/nginx-fastcgi;
  uwsgi_temp_path $work/nginx-uwsgi; scgi_temp_path $work/nginx-scgi;
  include $work/nginx-site.conf;
}
END
  nginx -t -q -c "$work/nginx.conf" 2>"$work/nginx.log" || fail "nginx -t: $(cat "$work/nginx.log")"
  nginx -c "$work/nginx.conf" -g 'daemon off;' >>"$work/nginx.log" 2>&1 &
}

start_apache() {
  mkdir -p "$work/apache-logs"
  with_ports "$1" apache/cscart-shipstation.conf >"$work/apache-snippet.conf"
  with_ports "$1" apache/shop.conf | sed -e "s#VirtualHost \*:443#VirtualHost 127.0.0.1:$tls#; s#VirtualHost \*:80#VirtualHost 127.0.0.1:$plain#" \
    -e "s#/etc/apache2/cscart-shipstation.conf#$work/apache-snippet.conf#" >"$work/apache-site.conf"
  {
    # Those that Debian switches on by itself, and those that the file names.
    for module in mpm_event authz_core alias dir env setenvif reqtimeout $(sed -n 's/^# Once: a2enmod //p' "$root/deploy/apache/shop.conf"); do
      echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
    done
    cat <<END
ServerName $name
PidFile $work/apache.pid
Mutex file:$work default
DefaultRuntimeDir $work
ErrorLog $work/apache-error.log
Define APACHE_LOG_DIR $work/apache-logs
LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" combined
User nobody
Group nogroup
Listen 127.0.0.1:$tls
Listen 127.0.0.1:$plain
Include $work/apache-site.conf
END
  } >"$work/apache.conf"
  apache2 -t -f "$work/apache.conf" >"$work/apache.log" 2>&1 || fail "apache2 -t: $(cat "$work/apache.log")"
  apache2 -f "$work/apache.conf" -D FOREGROUND >>"$work/apache.log" 2>&1 &
}

start_caddy() {
  # No administration on a port that another Caddy of this machine may have, and no port 80.
  with_ports "$1" caddy/Caddyfile | sed -e "0,/^{/s#^{#{\n\tadmin off\n\tauto_https off\n#" \
    -e "s#^$name {#https://$name:$tls {\n\ttls $work/cert.pem $work/key.pem#" >"$work/Caddyfile"
  export XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work
  caddy validate --adapter caddyfile --config "$work/Caddyfile" >"$work/caddy.log" 2>&1 || fail "caddy validate: $(tail -n 3 "$work/caddy.log")"
  caddy run --adapter caddyfile --config "$work/Caddyfile" >>"$work/caddy.log" 2>&1 &
}

version_of() {
  case $1 in
    nginx) nginx -v 2>&1 ;;
    apache) apache2 -v | head -n 1 ;;
    caddy) echo "Caddy $(caddy version)" ;;
  esac
}

# start PROXY PORT_OF_THE_BRIDGE, and stop: the proxy that runs.
start() {
  "start_$1" "$2"
  proxy_pid=$!
  started+=("$proxy_pid")
  wait_for 20 "$1 answers" curl -sS -o /dev/null --cacert "$work/cert.pem" --resolve "$name:$tls:127.0.0.1" "https://$name:$tls/"
}
stop() {
  kill "$proxy_pid"
  wait "$proxy_pid" || true
  unset 'started[-1]'
}

# ask PATH [options of curl]: as ShipStation would. From another address of this machine, so that it is told from the
# proxy's own.
ask() {
  local path=$1
  shift
  curl -sS --http1.1 --max-time 30 --interface 127.0.0.7 --cacert "$work/cert.pem" --resolve "$name:$tls:127.0.0.1" "$@" "https://$name:$tls$path"
}
status_of() { ask "$@" -o /dev/null -w '%{http_code}'; }
# .NET, in which ShipStation is written, asks before it sends a body; curl does so beyond 1 MB only.
credentials=(-u 'shipstation:try: a pässword' -H 'Expect: 100-continue')

try_proxy() {
  local proxy=$1 answer number window='start_date=01/01/2020+00:00&end_date=12/31/2037+00:00'
  say "$(version_of "$proxy")"
  start "$proxy" "$bridge"

  expect "Test Connection with credentials: XML" '^<\?xml.*<Orders pages="1"></Orders>' "$(ask '/shipstation?action=export' "${credentials[@]}")"
  expect "without credentials: 401" '^401$' "$(status_of '/shipstation?action=export')"
  expect "with wrong ones: 401" '^401$' "$(status_of '/shipstation?action=export' -u shipstation:wrong)"
  expect "the 401 asks for Basic" '[Ww][Ww][Ww]-[Aa]uthenticate: Basic' "$(ask '/shipstation?action=export' -D - -o /dev/null)"
  answer=$(ask "/shipstation?action=export&$window&page=1" "${credentials[@]}")
  expect "an export: $(grep -o '<Order>' <<<"$answer" | wc -l) orders" '<Order>.*</Orders>$' "$answer"
  number=$(last_paid_order <<<"$answer")

  answer=$(ask "/shipstation/?action=shipnotify&order_number=$number&carrier=UPS&service=UPS+Ground&tracking_number=1Z%26$number" \
    "${credentials[@]}" -H 'Content-Type: application/xml' --data-binary "<ShipNotice><OrderNumber>$number</OrderNumber><NotesToCustomer>On its way</NotesToCustomer></ShipNotice>")
  expect "a notice's body goes through: $answer" "^Shipment [0-9]+: .* of order $number shipped" "$answer"

  for path in '/?dispatch=shipstation&action=export' '/index.php?dispatch=shipstation&action=export' '/?sl=en&dispatch=shipstation&action=export'; do
    expect "the tile's address $path: XML" '^<\?xml.*<Orders' "$(ask "$path" "${credentials[@]}")"
    expect "  and 401 without credentials" '^401$' "$(status_of "$path")"
  done
  number=$(ask "/?dispatch=shipstation&action=export&$window" "${credentials[@]}" | last_paid_order)
  answer=$(ask "/?dispatch=shipstation&action=shipnotify&order_number=$number&carrier=UPS&service=UPS+Ground&tracking_number=1Z$number" \
    "${credentials[@]}" -H 'Content-Type: application/xml' --data-binary "<ShipNotice><OrderNumber>$number</OrderNumber></ShipNotice>")
  expect "a notice to the tile's address: $answer" "^Shipment [0-9]+: .* of order $number shipped" "$answer"

  for path in / /index.php '/?dispatch=products.view&product_id=7' '/?dispatch=shipstationx' '/admin.php?dispatch=shipstation' /shipstations /a/shipstation; do
    answer=$(ask "$path")
    [[ $answer == "the shop: GET $path"$'\n'* ]] || fail "$path does not reach the shop: ${answer:0:300}"
  done
  ok "other addresses reach the shop as they are"

  expect "a body of 3 MB reaches the bridge" 'HTTP/1.1 400 .*[Xx]-[Rr]equest-[Ii]d: ' \
    "$(head -c 3000000 /dev/zero | ask '/shipstation?action=shipnotify&order_number=1' "${credentials[@]}" --data-binary @- -D - -o /dev/null)"
  expect "a body of 5 MB: 413" '^413$' "$(head -c 5000000 /dev/zero | status_of '/shipstation?action=shipnotify&order_number=1' "${credentials[@]}" --data-binary @-)"
  expect "  also at the tile's address" '^413$' "$(head -c 5000000 /dev/zero | status_of '/?dispatch=shipstation&action=shipnotify&order_number=1' "${credentials[@]}" --data-binary @-)"

  status_of '/shipstation?action=export' -H 'X-Forwarded-For: 203.0.113.9' >/dev/null
  wait_for 5 "the log has the refused request" grep -q '"status":401' "$work/bridge.log"
  expect "the bridge knows the client's own address, whatever the client says" '"address":"127.0.0.7"' \
    "$(grep '"status":401' "$work/bridge.log" | tail -n 1)"
  for path in '/shipstation?' '/?dispatch=shipstation&'; do
    status_of "${path}action=export&SS-UserName=shipstation&SS-Password=planted-password" >/dev/null
  done
  grep -rq --include='*log' 'dispatch=products.view' "$work/$proxy"* || fail "the shop's requests are in no log"
  if grep -rl --include='*log' planted-password "$work"; then fail "a password is in a log"; fi
  ok "a password in the address gets into no log, while the shop's requests do"
  # Caddy does so by itself where it has port 80.
  if [[ $proxy != caddy ]]; then
    answer=$(curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' --resolve "$name:$plain:127.0.0.1" "http://$name:$plain/shipstation?a=b")
    expect "without TLS: $answer" "^301 https://$name/shipstation\\?a=b$" "$answer"
  fi
  stop

  # The same files once more, to see what the bridge gets.
  start "$proxy" "$echo"
  answer=$(ask '/shipstation?action=export&start_date=01%2f02%2f2026+03%3a04&x=%26%2B' -u user:secret -H 'X-Forwarded-For: 203.0.113.9')
  expect "the address arrives as it was sent" '^in place of the bridge: GET /shipstation\?action=export&start_date=01%2f02%2f2026\+03%3a04&x=%26%2B'$'\n' "$answer"
  expect "so does the Authorization header" $'\n''authorization: Basic dXNlcjpzZWNyZXQ='$'\n' "$answer"
  expect "and the host" $'\n'"host: $name(:$tls)?"$'\n' "$answer"
  expect "X-Forwarded-For ends with the client's address" $'\n''x-forwarded-for: [^'$'\n'']*127\.0\.0\.7'$'\n' "$answer"
  expect "X-Forwarded-Proto is https" $'\n''x-forwarded-proto: https'$'\n' "$answer"
  answer=$(ask '/index.php?dispatch=shipstation&action=export&x=%2f%26' -u user:secret)
  expect "the tile's address arrives as it was sent" '^in place of the bridge: GET /index\.php\?dispatch=shipstation&action=export&x=%2f%26'$'\n' "$answer"
  stop
}

for proxy in "${proxies[@]}"; do try_proxy "$proxy"; done
say "Every proxy does what it has to: ${proxies[*]}."
