# Shared by the scripts of this folder; sourced, not run.
ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$HOME/.cache/call-log-ci
venv=${CALL_LOG_CI_VENV:-$cache/venv}

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

listening() { (echo >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

until_listening() { # until_listening PORT
  for _ in $(seq 300); do listening "$1" && return; sleep 0.1; done
  echo "nothing listens on port $1" >&2
  return 1
}
