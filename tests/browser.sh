#!/usr/bin/env bash
# The browser's stories in Chromium on both shapes, one after the other: SQLite in one process, then PostgreSQL and RabbitMQ. `./test` runs the first only.
# Builds what changed (the output of ./test), starts a PostgreSQL and a RabbitMQ of its own, stops them again. Ends with `N passed, N failed`.
#   tests/browser.sh [NAME]      only classes with NAME in their name
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
out=.artifacts/test work=$(mktemp -d "${TMPDIR:-/tmp}/incidents-browser.XXXXXX"); chmod 755 "$work"
cleanup() { tests/infra/rabbitmq.sh stop "$work/rabbitmq" 2>/dev/null; tests/infra/postgres.sh stop "$work/postgres" 2>/dev/null; rm -rf "$work"; }
trap cleanup EXIT
fail() { echo "$1" >&2; tail -20 "$2" >&2; echo "0 passed, 1 failed"; exit 1; }
free_ports() { local first i; while :; do first=$((20000 + RANDOM % 12000)); for ((i = 0; i < $1; i++)); do if (exec 3<>"/dev/tcp/127.0.0.1/$((first + i))") 2>/dev/null; then continue 2; fi; done; echo $first; return; done; }

src/build-web.sh > "$work/web.log" 2>&1 || fail "The console does not build:" "$work/web.log"
build() { dotnet "$@" -c Release --artifacts-path $out -v q -nologo -nodeReuse:false > "$work/build.log" 2>&1 || fail "The build failed:" "$work/build.log"; }
build build tests/Incidents.Browser.Tests
build publish src/Incidents.Server/Incidents.Server.csproj -o $out/server
postgres=$(OWNER_PID=$$ tests/infra/postgres.sh start "$work/postgres" "$(free_ports 1)" 2> "$work/postgres.log") || fail "PostgreSQL did not start:" "$work/postgres.log"
rabbitmq=$(OWNER_PID=$$ tests/infra/rabbitmq.sh start "$work/rabbitmq" "$(free_ports 3)" 2> "$work/rabbitmq.log") || fail "RabbitMQ did not start:" "$work/rabbitmq.log"

passed=0 failed=0
for shape in sqlite postgres; do
  INCIDENTS_BROWSER_SHAPE=$shape INCIDENTS_SERVER_DLL=$PWD/$out/server/Incidents.Server.dll INCIDENTS_TEST_POSTGRES=$postgres INCIDENTS_TEST_RABBITMQ=$rabbitmq INCIDENTS_TEST_RABBITMQ_DIR=$work/rabbitmq \
    timeout 20m $out/bin/Incidents.Browser.Tests/release/Incidents.Browser.Tests ${1:+-class "*$1*"} > "$work/$shape.log" 2>&1
  read -r all errors bad <<< "$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$work/$shape.log" | tail -1 | tr -dc '0-9 ' | xargs)"
  if [ -z "${all:-}" ] || [ "$all" = 0 ]; then all=1 errors=0 bad=1; fi
  passed=$((passed + all - errors - bad)); failed=$((failed + errors + bad))
  echo "$shape: $((all - errors - bad)) passed, $((errors + bad)) failed"
  [ $((errors + bad)) = 0 ] || grep -E -A12 '\[FAIL\]' "$work/$shape.log" | head -60
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
