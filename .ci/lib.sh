# Shared by the scripts of this folder; sourced, not run.
ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$HOME/.cache/call-log-ci
debian=$cache/debian
helm=$cache/helm-v3.22.0/helm
venv=${CALL_LOG_CI_VENV:-$cache/venv}

# Below the ports that Linux gives to outgoing connections, so that none of those takes it before a server listens. No other script gets it
# within the hour.
free_port() {
  local port
  mkdir -p "$cache/ports"
  find "$cache/ports" -mindepth 1 -mmin +60 -exec rmdir {} + 2>/dev/null || true
  while :; do
    port=$((28000 + RANDOM % 4000))
    mkdir "$cache/ports/$port" 2>/dev/null || continue
    listening "$port" || break
  done
  echo "$port"
}

# A key for one check, as long as the product asks for.
new_key() { echo "key-of-a-check-$(od -An -N12 -tx1 /dev/urandom | tr -d ' ')"; }

debian_programs() { # debian_programs PROGRAM PACKAGE…: unpacked under $debian, not installed, so that no service starts on this machine
  local program=$debian/$1 folder
  shift
  [ -x "$program" ] && return
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  mkdir -p "$debian"
  folder=$(mktemp -d)
  (
    cd "$folder"
    apt-get download -qq "$@" 2>/dev/null ||
      { "${sudo[@]}" apt-get update -qq && apt-get download -qq "$@" 2>/dev/null; }
    for package in *.deb; do dpkg -x "$package" "$debian"; done
  )
  rm -rf "$folder"
}

npm_programs() { # npm_programs FOLDER PACKAGE…: in a folder of $cache, once on a machine; scripts side by side install them once
  local folder=$cache/$1
  shift
  mkdir -p "$folder"
  (
    flock 9
    [ "$(cat "$folder/wanted" 2>/dev/null)" != "$*" ] || exit 0
    npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "$@"
    echo "$*" >"$folder/wanted"
  ) 9>"$folder.lock"
}

debian_folder() { # debian_folder PATH: where a program looks for it, as if its package were installed
  [ -e "$1" ] && return
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  "${sudo[@]}" mkdir -p "$(dirname "$1")"
  "${sudo[@]}" ln -sfn "$debian$1" "$1"
}

listening() { (echo >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Long enough for the busiest machine: a shorter wait tests how busy it is.
until_true() { # until_true WHAT COMMAND…: within five minutes
  local what=$1 end=$((SECONDS + 300))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { echo "not within five minutes: $what" >&2; return 1; }
    sleep 0.5
  done
}
until_listening() { until_true "a server listens on port $1" listening "$1"; } # until_listening PORT
until_up() { # until_up PID LOG COMMAND…: or until the process has ended; prints its log if it failed
  local pid=$1 log=$2
  shift 2
  is_over() { ! kill -0 "$pid" 2>/dev/null; }
  up_or_over() { "$@" || is_over; }
  until_true "$*" up_or_over "$@" && ! is_over || { cat "$log" >&2; return 1; }
}

debian_prometheus() { # Prometheus with promtool, and Alertmanager; scripts side by side unpack them once
  mkdir -p "$debian"
  (
    flock 9
    debian_programs usr/bin/promtool prometheus
    debian_programs usr/bin/prometheus-alertmanager prometheus-alertmanager
    debian_folder /usr/share/prometheus/alertmanager
  ) 9>"$debian/.lock"
}
promtool() { "$debian/usr/bin/promtool" "$@"; }
