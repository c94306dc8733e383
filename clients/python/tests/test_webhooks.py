"""Webhooks that are signed by the scheme's own library."""

import json
from datetime import datetime, timezone

import pytest
from standardwebhooks import Webhook

from call_log.webhooks import InvalidWebhook, verify

OLD, NEW = "whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xk", "whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3"
BODY = json.dumps(
    {
        "type": "call.status-changed",
        "timestamp": "2026-11-26T14:00:00.000Z",
        "data": {"projectId": "p", "callLog": {"_id": "a", "status": "Completed"}, "change": {}},
    }
)


def signed(secret: str, at: datetime, body: str = BODY) -> dict[str, str]:
    return {
        "Webhook-Id": "a-7",
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Webhook(secret).sign("a-7", at, body),
    }


def test_a_signed_webhook_is_read_with_any_of_the_secrets() -> None:
    now = datetime.now(tz=timezone.utc)
    for secret in (OLD, NEW):
        event = verify(BODY.encode(), signed(secret, now), [NEW, OLD])
        assert (event["type"], event["data"]["callLog"]["status"]) == ("call.status-changed", "Completed")
    assert verify(BODY, signed(NEW, now), NEW)["data"]["projectId"] == "p"


def test_any_other_is_refused() -> None:
    now = datetime.now(tz=timezone.utc)
    old = datetime.fromtimestamp(now.timestamp() - 3600, tz=timezone.utc)
    for body, headers, secrets in (
        (BODY.replace("Completed", "Busy"), signed(NEW, now), [NEW]),
        (BODY, signed(OLD, now), [NEW]),
        (BODY, signed(NEW, old), [NEW]),
        (BODY, {}, [NEW]),
        (BODY, signed(NEW, now), []),
    ):
        with pytest.raises(InvalidWebhook):
            verify(body, headers, secrets)
