"""Errors of the API, one class for each of its codes."""

from __future__ import annotations

import re
from typing import Any

_FIELD = re.compile(r"([A-Za-z][\w-]*(?:\.[\w$-]+)*): ")


class CallLogError(Exception):
    """Base of all errors of this package. ``message`` names what is wrong; it holds no phone number or key."""

    def __init__(self, message: str, *, code: str = "", status: int = 0, request_id: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        """Code of the API's error table, such as ``BAD_REQUEST``; empty without an answer."""
        self.status = status
        self.request_id = request_id
        """Under which the server's log has more."""

    @property
    def field(self) -> str | None:
        """The field that is wrong, such as ``toNumber`` or ``say.0.gather``."""
        found = _FIELD.match(self.message)
        return found.group(1) if found else None


class InvalidRequest(CallLogError):
    """The request is not valid; ``field`` is what to mend. Nothing was done."""


class Unauthorized(CallLogError):
    """The key is missing or not valid."""


class Forbidden(CallLogError):
    """The key lacks a permission, which the message names."""


class NotFound(CallLogError):
    """The project of the key has no such call log."""


class Conflict(CallLogError):
    """The call's state does not allow this."""


class IdempotencyKeyReused(CallLogError):
    """The idempotency key was used before with another request."""


class _Passing(CallLogError):
    retry_after: float = 1.0
    """Seconds after which it makes sense to try again."""


class RateLimited(_Passing):
    """Too many requests, or too many waits at a time. Nothing was done."""


class Unavailable(_Passing):
    """The database or the queue is away."""


class ServerError(CallLogError):
    """An unexpected error of the server; its log has the cause under ``request_id``."""


class ConnectionFailed(CallLogError):
    """There was no answer. ``was_sent`` is False when the request did not leave this machine."""

    def __init__(self, message: str, *, was_sent: bool) -> None:
        super().__init__(message)
        self.was_sent = was_sent


_CLASSES: dict[str, type[CallLogError]] = {
    "BAD_REQUEST": InvalidRequest,
    "PAYLOAD_TOO_LARGE": InvalidRequest,
    "UNSUPPORTED_MEDIA_TYPE": InvalidRequest,
    "UNAUTHORIZED": Unauthorized,
    "FORBIDDEN": Forbidden,
    "NOT_FOUND": NotFound,
    "CONFLICT": Conflict,
    "UNPROCESSABLE_CONTENT": IdempotencyKeyReused,
    "TOO_MANY_REQUESTS": RateLimited,
    "SERVICE_UNAVAILABLE": Unavailable,
    "INTERNAL_SERVER_ERROR": ServerError,
}


def error_of(status: int, body: Any, retry_after: str | None) -> CallLogError:
    """The error that an answer stands for. A proxy's own answer has no body of ours."""
    known = body if isinstance(body, dict) else {}
    code = str(known.get("code", ""))
    by_status: type[CallLogError] = Unavailable if status in (502, 503, 504) else ServerError
    error = _CLASSES.get(code, by_status)(
        str(known.get("message", f"the server answered {status}")),
        code=code,
        status=status,
        request_id=str(known.get("requestId", "")),
    )
    if isinstance(error, _Passing) and retry_after is not None and retry_after.isdigit():
        error.retry_after = float(retry_after)
    return error
