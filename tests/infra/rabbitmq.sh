#!/usr/bin/env bash
# A private RabbitMQ on loopback, for tests and measurements. Uses PORT (AMQP), PORT+1 (distribution), PORT+2 (epmd).
#   rabbitmq.sh start DIR PORT   starts on DIR (kept data is used again), waits until it answers, prints its address
#   rabbitmq.sh stop DIR         clean stop, with its epmd; stopping what does not run is not an error
#   rabbitmq.sh kill9 DIR        SIGKILL
#   rabbitmq.sh hang DIR         SIGSTOP: connected, and silent; `wake` ends that
#   rabbitmq.sh wipe DIR         removes its data (refused while it runs)
#   rabbitmq.sh ctl DIR ARGS     rabbitmqctl
# OWNER_PID=N: stops it and removes DIR (unless DIR/keep exists) once process N is gone.
set -euo pipefail
usage() { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2; }
[ $# -ge 2 ] || usage
self=$(readlink -f "$0"); cmd=$1; dir=$(readlink -m "$2")
lib=${RABBITMQ_LIB:-/usr/lib/rabbitmq/bin}
# The scripts in /usr/sbin change to the user rabbitmq; these are what they call.
if [ ! -x "$lib/rabbitmq-server" ]; then echo "RabbitMQ is not installed: run tests/infra/packages.sh" >&2; exit 1; fi

# A zombie counts as gone: in a container its parent may never collect it.
lives() { [ -e "/proc/$1/stat" ] && [ "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c1)" != Z ]; }
alive() { [ -s "$dir/pid" ] && lives "$(cat "$dir/pid")"; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
settings() {
  local port; port=$(cat "$dir/port")
  export HOME="$dir/home" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((port + 2))
  export RABBITMQ_NODENAME="t$port@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$((port + 1))
  export RABBITMQ_MNESIA_BASE="$dir/mnesia" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid"
  export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/plugins"
  # Without this the distribution port listens on every address.
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
}
start() {
  mkdir -p "$dir"/{mnesia,log,home}
  echo "$1" > "$dir/port"; echo '[].' > "$dir/plugins"
  printf 'log.file.level = warning\nvm_memory_high_watermark.absolute = 1GB\ndisk_free_limit.absolute = 200MB\n' > "$dir/rabbitmq.conf"
  settings
  if alive; then echo "amqp://guest:guest@127.0.0.1:$1/"; return; fi
  rm -f "$dir/pid"
  if ! { [ -f "$dir/epmd.pid" ] && lives "$(cat "$dir/epmd.pid")"; }; then
    # Ours and known by its id: the one that Erlang would start by itself outlives the broker.
    setsid epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" >/dev/null 2>&1 </dev/null &
    echo $! > "$dir/epmd.pid"
  fi
  setsid "$lib/rabbitmq-server" > "$dir/log/out" 2> "$dir/log/err" </dev/null &
  local child=$! n=0
  until listening "$1"; do
    n=$((n + 1))
    if ! lives $child || [ $n -gt 1200 ]; then echo "RabbitMQ did not start on port $1; the end of its output:" >&2; tail -5 "$dir/log/out" "$dir/log/err" >&2; exit 1; fi
    sleep 0.1
  done
  if [ -n "${OWNER_PID:-}" ]; then
    # Outlives the caller on purpose: it is what cleans up after a caller that was killed.
    setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; "$2" stop "$3"; [ -e "$3/keep" ] || rm -rf "$3"' _ "$OWNER_PID" "$self" "$dir" >/dev/null 2>&1 </dev/null &
  fi
  echo "amqp://guest:guest@127.0.0.1:$1/"
}
finish() { # SIGNAL
  if alive; then
    local pid n=0; pid=$(cat "$dir/pid"); kill "-$1" "$pid"
    while lives "$pid"; do n=$((n + 1)); if [ $n = 300 ]; then kill -9 "$pid" 2>/dev/null || true; fi; sleep 0.05; done
  fi
  rm -f "$dir/pid"
}

case $cmd in
  start) [ $# = 3 ] || usage; start "$3" ;;
  stop)
    finish TERM
    if [ -f "$dir/epmd.pid" ]; then kill "$(cat "$dir/epmd.pid")" 2>/dev/null || true; rm -f "$dir/epmd.pid"; fi ;;
  hang) kill -STOP "$(cat "$dir/pid")" ;;
  wake) kill -CONT "$(cat "$dir/pid")" ;;
  kill9) finish KILL ;;
  wipe) if alive; then echo "RabbitMQ is running in $dir" >&2; exit 1; fi; rm -rf "$dir/mnesia" ;;
  ctl) settings; shift 2; exec "$lib/rabbitmqctl" "$@" ;;
  *) usage ;;
esac
