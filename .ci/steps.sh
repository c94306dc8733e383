# Runs named steps one after another or side by side, and keeps who failed; sourced by .ci/run, which sets $work.
failed_steps=()
started_names=()
started_pids=()

step() { # step NAME COMMAND…: run it, say how it ended
  local name=$1 started=$SECONDS
  shift
  echo "── $name"
  if "$@"; then ended "$name" $((SECONDS - started)); else ended "$name" $((SECONDS - started)) failed; fi
}

ended() { # ended NAME SECONDS [failed]
  if [ "${3:-}" = failed ]; then
    echo "── $1: FAILED ($2 s)"
    failed_steps+=("$1")
  else
    echo "── $1: ok ($2 s)"
  fi
}

begin() { # begin NAME COMMAND…: run it beside what follows; `finish` shows what it printed
  local name=$1 log=$work/begun.${#started_names[@]}
  shift
  (
    started=$SECONDS
    "$@" >"$log" 2>&1 </dev/null
    code=$?
    echo $((SECONDS - started)) >"$log.seconds"
    exit "$code"
  ) &
  started_pids+=($!)
  started_names+=("$name")
}

finish() { # finish: wait for all that was begun, in order
  local index log
  for index in "${!started_names[@]}"; do
    log=$work/begun.$index
    echo "── ${started_names[index]} (side by side)"
    if wait "${started_pids[index]}"; then
      cat "$log"
      ended "${started_names[index]}" "$(cat "$log.seconds")"
    else
      cat "$log"
      ended "${started_names[index]}" "$(cat "$log.seconds" 2>/dev/null || echo '?')" failed
    fi
  done
  started_names=()
  started_pids=()
}
