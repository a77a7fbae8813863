#!/usr/bin/env bash
# The topology of deploy/compose.yaml on this machine, without containers: Varnish in front of two servers that share one
# Redis, all on loopback. It runs until Ctrl-C; what it writes is in a temporary folder, and goes when it ends.
#
#   deploy/local.sh [SITE]        PORT=8080 is Varnish; the servers, Redis and varnishadm take the four ports after it
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
onopen=${ONOPEN:-$root/.venv/bin/onopen}
site=$(cd "${1:-$root}" && pwd)
port=${PORT:-8080}
servers=($((port + 1)) $((port + 2)))
redis=$((port + 3))
admin=$((port + 4))

for program in "$onopen" redis-server varnishd varnishadm; do
    command -v "$program" >/dev/null || { echo "$program is missing (Debian: apt-get install redis-server varnish)" >&2; exit 2; }
done

state=$(mktemp -d)
end() {
    trap - EXIT INT TERM
    # shellcheck disable=SC2046 # one word a job
    kill $(jobs -p) 2>/dev/null || true
    wait || true
    rm -rf "$state"
}
trap end EXIT INT TERM

answers() { # PORT PATH: waits up to a minute until somebody answers 200 there
    local said
    for _ in $(seq 300); do
        said=$(
            exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3 && head -n 1 <&3
        ) || true
        [[ $said == *" 200 "* ]] && return
        sleep 0.2
    done
    echo "nobody answers on port $1; what was said is above" >&2
    exit 1
}

export ONOPEN_SITE=$site ONOPEN_STORE=redis://127.0.0.1:$redis/0
export ONOPEN_EDGE__DIALECT=varnish ONOPEN_EDGE__TRUSTED_PROXIES=127.0.0.1/32
ONOPEN_SECRET_KEY=${ONOPEN_SECRET_KEY:-$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')}
ONOPEN_API_KEY=${ONOPEN_API_KEY:-local}
ONOPEN_EDGE__PURGE_KEY=${ONOPEN_EDGE__PURGE_KEY:-local}
export ONOPEN_SECRET_KEY ONOPEN_API_KEY ONOPEN_EDGE__PURGE_KEY ONOPEN_EDGE__PURGE_URL=http://127.0.0.1:$port/

redis-server --port "$redis" --bind 127.0.0.1 --dir "$state" --appendonly yes --maxmemory-policy noeviction --loglevel warning &
for each in "${servers[@]}"; do
    ONOPEN_STATE_DIR=$state/$each "$onopen" serve --host 127.0.0.1 --port "$each" &
done
for each in "${servers[@]}"; do answers "$each" /ready; done

"$onopen" cdn varnish --backend "127.0.0.1:${servers[0]}" --backend "127.0.0.1:${servers[1]}" >"$state/onopen.vcl"
varnishd -F -j none -n "$state/varnish" -f "$state/onopen.vcl" -a "127.0.0.1:$port" -T "127.0.0.1:$admin" -s malloc,64M \
    -p http_max_hdr=256 -p http_req_hdr_len=32k -p http_req_size=64k -p workspace_client=192k &
answers "$port" /health

echo "ready: http://127.0.0.1:$port/ is Varnish, the servers are at ${servers[*]}, the API key is $ONOPEN_API_KEY"
wait
