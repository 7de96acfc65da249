#!/bin/sh
# tests/support/with-pg.sh COMMAND... -- run COMMAND with XJ_TEST_PGSQL set to the URL of a private
# PostgreSQL that ends with it.
here=$(dirname "$0")
XJ_TEST_PGSQL=$("$here/pg.sh" start) || exit 1
export XJ_TEST_PGSQL
trap '"$here/pg.sh" stop "$XJ_TEST_PGSQL"' EXIT
trap 'exit 143' TERM INT HUP
"$@" &
wait $!
