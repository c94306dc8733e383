# Runs named steps one after another or side by side, and keeps who failed; sourced by .ci/run, which sets $work.
failed_steps=()
failed_logs=()
started_names=()
started_pids=()
begun=0

step() { # step NAME COMMAND…: run it, show what it prints, say how it ended
  local name=$1 started=$SECONDS log=$work/step.${#failed_logs[@]}
  shift
  echo "── $name"
  : >"$log"
  "$@" >"$log" 2>&1 </dev/null &
  tail --pid=$! -s 0.2 -n +1 -f "$log"
  if wait $!; then ended "$name" $((SECONDS - started)); else ended "$name" $((SECONDS - started)) "$log"; fi
}

ended() { # ended NAME SECONDS [LOG]: with a log it has failed
  if [ -n "${3:-}" ]; then
    echo "── $1: FAILED ($2 s)"
    failed_steps+=("$1")
    failed_logs+=("$3")
  else
    echo "── $1: ok ($2 s)"
  fi
}

# With more of them on two processors, each is so slow that time limits run out.
MOST_AT_ONCE=4
in_turn() { # in_turn COMMAND…: once fewer than that many run
  local place
  while :; do
    for place in $(seq $MOST_AT_ONCE); do
      exec 9>"$work/place.$place"
      # What it starts must not keep its place.
      if flock -n 9; then "$@" 9>&-; return; fi
    done
    sleep 0.5
  done
}

begin() { # begin NAME COMMAND…: run it beside what follows; `finish` shows what it printed
  local name=$1 log=$work/begun.$begun.${#started_names[@]}
  shift
  (
    timed() {
      local started=$SECONDS code=0
      "$@" >"$log" 2>&1 </dev/null || code=$?
      echo $((SECONDS - started)) >"$log.seconds"
      return "$code"
    }
    in_turn timed "$@"
  ) &
  started_pids+=($!)
  started_names+=("$name")
}

finish() { # finish: wait for all that was begun, in order
  local index log
  for index in "${!started_names[@]}"; do
    log=$work/begun.$begun.$index
    echo "── ${started_names[index]} (side by side)"
    if wait "${started_pids[index]}"; then
      cat "$log"
      ended "${started_names[index]}" "$(cat "$log.seconds")"
    else
      cat "$log"
      ended "${started_names[index]}" "$(cat "$log.seconds" 2>/dev/null || echo '?')" "$log"
    fi
  done
  started_names=()
  started_pids=()
  begun=$((begun + 1))
}

show_failures() { # again at the end, since who reads a long log sees its last page
  local index
  for index in "${!failed_steps[@]}"; do
    echo "── the last lines of the failed step: ${failed_steps[index]}"
    tail -n 60 "${failed_logs[index]}"
  done
}
