#!/bin/sh
# tests/support/pg.sh start|stop [FOLDER] -- a private PostgreSQL for one run of the tests.
#
# start makes a cluster in FOLDER (a new one under /tmp where none is named), reachable through a
# unix socket in it and nothing else, and prints its URL alone on a line:
#     XJ_TEST_PGSQL=$(tests/support/pg.sh start)
# stop FOLDER|URL ends it and removes the folder.  As root everything runs as the user postgres.
# XJ_PG_FSYNC=on keeps its syncs; they are off by default, since the tests kill clients, not it.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ]; then
    echo "pg.sh: no PostgreSQL server is installed" >&2
    exit 1
fi

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

start() {
    dir=${1:-}
    if [ -z "$dir" ]; then
        dir=$(mktemp -d /tmp/xj-pg-XXXXXX)
    else
        mkdir -p "$dir"
    fi
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$dir"
    fi
    chmod 755 "$dir"
    if ! as_owner "$bin/initdb" -D "$dir/data" -U xj --locale=C --encoding=UTF8 --auth=trust \
        --no-sync >"$dir/initdb.log" 2>&1; then
        cat "$dir/initdb.log" >&2
        exit 1
    fi
    if ! as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -s -w -t 60 start \
        -o "-k $dir -h '' -c fsync=${XJ_PG_FSYNC:-off} -c max_connections=300" >&2; then
        cat "$dir/data/server.log" >&2
        exit 1
    fi
    echo "postgresql:///postgres?host=$dir&user=xj"
}

stop() {
    dir=${1#*host=}
    dir=${dir%%&*}
    [ -f "$dir/data/PG_VERSION" ] || {
        echo "pg.sh: there is no cluster in \"$dir\"" >&2
        exit 1
    }
    as_owner "$bin/pg_ctl" -D "$dir/data" -s -m immediate stop >&2 || true
    rm -rf "$dir"
}

case "${1:-}" in
start) start "${2:-}" ;;
stop) stop "${2:?which folder or URL}" ;;
*)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
