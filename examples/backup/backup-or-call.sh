#!/bin/sh
# Runs a backup. When it fails, calls the phone on call, waits for the answer, and ends with the backup's exit code.
#   backup-or-call.sh COMMAND…    with ON_CALL_NUMBER, CALL_LOG_URL and CALL_LOG_API_KEY
set -u
: "${ON_CALL_NUMBER:?the number to call}"
CALL_LOG=${CALL_LOG:-npx call-log}

"$@" && exit 0
failed=$?

# One call a day and machine, however often the backup fails. The text stays the same: a key goes with one request.
$CALL_LOG call \
  --to "$ON_CALL_NUMBER" \
  --say "The backup of $(uname -n) has failed." \
  --reached-when human --retry 3 --tag backup \
  --idempotency-key "backup-failed/$(uname -n)/$(date -u +%F)" \
  --wait 900
case $? in
  0) ;; # a person heard it
  3) echo "backup: nobody was reached" >&2 ;;
  *) echo "backup: it is not known whether anybody was reached" >&2 ;;
esac
exit "$failed"
