"""The receiver of webhooks in docs/guides/webhooks.md runs as it stands."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from os import environ
from pathlib import Path

from standardwebhooks import Webhook

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "webhooks.md"
RECEIVERS = re.findall(r"^```python receiver\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
SECRET, OTHER = "whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xk", "whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3"
BODY = '{"type":"webhook.test","timestamp":"2026-11-26T14:00:00.000Z","data":{"projectId":"p"}}'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_listening(port: int, receiver: "subprocess.Popen[str]") -> None:
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at:
        assert receiver.poll() is None, "the receiver has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the receiver does not listen")


def status_of(port: int, secret: str) -> int:
    now = datetime.now(tz=timezone.utc)
    headers = {
        "content-type": "application/json",
        "webhook-id": "a-1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("a-1", now, BODY),
    }
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", BODY.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_receiver_takes_a_signed_webhook_and_no_other() -> None:
    assert len(RECEIVERS) == 1
    port = free_port()
    receiver = subprocess.Popen(
        [sys.executable, "-c", RECEIVERS[0]],
        env={**environ, "PORT": str(port), "WEBHOOK_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        until_listening(port, receiver)
        assert (status_of(port, OTHER), status_of(port, SECRET)) == (401, 204)
    finally:
        receiver.kill()
    printed, _ = receiver.communicate()
    assert printed.count("verified") == 1 and "webhook.test" in printed
