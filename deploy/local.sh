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

answers() { # URL: waits up to 30 seconds until somebody answers 200 there
    for _ in $(seq 300); do
        if "$root/.venv/bin/python" -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=1)' "$1" 2>/dev/null; then
            return
        fi
        kill -0 $(jobs -p) 2>/dev/null || break
        sleep 0.1
    done
    echo "nobody answers at $1; what was said is above" >&2
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
for each in "${servers[@]}"; do answers "http://127.0.0.1:$each/ready"; done

"$onopen" cdn varnish --backend "127.0.0.1:${servers[0]}" --backend "127.0.0.1:${servers[1]}" >"$state/onopen.vcl"
varnishd -F -n "$state/varnish" -f "$state/onopen.vcl" -a "127.0.0.1:$port" -T "127.0.0.1:$admin" -s malloc,64M &
answers "http://127.0.0.1:$port/health"

echo "ready: http://127.0.0.1:$port/ is Varnish, the servers are at ${servers[*]}, the API key is $ONOPEN_API_KEY"
wait
