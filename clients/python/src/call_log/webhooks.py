"""Webhooks of call-log, by the Standard Webhooks scheme. Needs ``pip install call-log-client[webhooks]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from standardwebhooks import Webhook, WebhookVerificationError

from ._models import Call
from .errors import CallLogError


class InvalidWebhook(CallLogError):
    """The webhook was not signed by one of the secrets, or is too old. Answer 401 and do nothing."""


class EventData(TypedDict, total=False):
    """``callLog`` is absent for events that are about no call."""

    projectId: str
    callLog: Call
    change: dict[str, Any]


class Event(TypedDict):
    """What a webhook says. A repeated delivery has the same ``webhook-id`` header."""

    type: str
    timestamp: str
    data: EventData


def verify(payload: bytes | str, headers: Mapping[str, str], secrets: str | Sequence[str]) -> Event:
    """
    The event of a webhook that one of the secrets has signed. ``payload`` is the raw body, byte for byte.
    Raises InvalidWebhook.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    reason = "there is no secret"
    for secret in [secrets] if isinstance(secrets, str) else secrets:
        try:
            return cast(Event, Webhook(secret).verify(payload, lowered))
        except WebhookVerificationError as error:
            reason = str(error)
    raise InvalidWebhook(f"the webhook is not valid: {reason}")
