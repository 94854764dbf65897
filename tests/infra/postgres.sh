#!/usr/bin/env bash
# A private PostgreSQL on loopback, for tests and measurements.
#   postgres.sh start DIR PORT        initialises DIR on first use, starts, prints a connection string (role incidents, superuser)
#   postgres.sh stop DIR              clean stop; stopping what does not run is not an error
#   postgres.sh restart-immediate DIR as after a crash: no checkpoint, recovery from the log at the next start
#   postgres.sh kill9 DIR             SIGKILL to every server process; `start` recovers
# OWNER_PID=N: stops it and removes DIR (unless DIR/keep exists) once process N is gone. PRELOAD=FILE.so: loaded into the server (slower flushes, say).
# Durability settings stay as they ship: fsync, synchronous_commit and full_page_writes are on.
set -euo pipefail
usage() { sed -n '2,8p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2; }
[ $# -ge 2 ] || usage
self=$(readlink -f "$0"); cmd=$1; dir=$(readlink -m "$2")
bin=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)}
if [ -z "$bin" ] || [ ! -x "$bin/pg_ctl" ]; then echo "PostgreSQL is not installed: run tests/infra/packages.sh" >&2; exit 1; fi

# The server refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
ctl() { as "$bin/pg_ctl" -D "$dir/data" "$@"; }
# A zombie counts as gone: in a container its parent may never collect it.
lives() { [ -e "/proc/$1/stat" ] && [ "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c1)" != Z ]; }
running() { [ -d "$dir/data" ] && ctl status >/dev/null 2>&1; }

start() {
  local port=$1
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  if ! as test -w "$dir"; then echo "$dir cannot be entered by the user postgres: give a folder below one with mode 755" >&2; exit 1; fi
  if [ ! -f "$dir/data/PG_VERSION" ]; then
    as "$bin/initdb" -D "$dir/data" -U incidents -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as tee -a "$dir/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
shared_buffers = 128MB
max_connections = 400
max_wal_size = 2GB
log_min_messages = warning
CONF
  fi
  if ! running; then
    local pre=(); if [ -n "${PRELOAD:-}" ]; then pre=(env "LD_PRELOAD=$PRELOAD" "SLOWSYNC_US=${SLOWSYNC_US:-0}"); fi
    if ! as ${pre[@]+"${pre[@]}"} "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -o "-p $port" -t 120 -w start >/dev/null; then
      echo "PostgreSQL did not start on port $port; the end of $dir/log:" >&2; tail -5 "$dir/log" >&2; exit 1
    fi
    if [ -n "${OWNER_PID:-}" ]; then
      # Outlives the caller on purpose: it is what cleans up after a caller that was killed.
      setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; "$2" stop "$3"; [ -e "$3/keep" ] || rm -rf "$3"' _ "$OWNER_PID" "$self" "$dir" >/dev/null 2>&1 </dev/null &
    fi
  fi
  echo "Host=127.0.0.1;Port=$port;Username=incidents;Database=postgres"
}

case $cmd in
  start) [ $# = 3 ] || usage; start "$3" ;;
  stop) if running; then ctl -m fast -t 60 -w stop >/dev/null || ctl -m immediate -w stop >/dev/null; fi ;;
  restart-immediate) ctl -m immediate -l "$dir/log" -t 120 -w restart >/dev/null ;;
  kill9)
    if [ -f "$dir/data/postmaster.pid" ]; then
      master=$(head -1 "$dir/data/postmaster.pid")
      children=$(cat "/proc/$master/task/$master/children" 2>/dev/null || true)
      # shellcheck disable=SC2086
      kill -9 "$master" $children 2>/dev/null || true
      # A backend that is still in a system call keeps the shared memory; a start would refuse until it is gone.
      for p in $master $children; do while lives "$p"; do sleep 0.02; done; done
    fi ;;
  *) usage ;;
esac
