"""Client for call-log: place outbound phone calls, wait for their end, read their record."""

from ._async_client import AsyncCallLog
from ._client import CallLog
from ._models import PROPERTIES, Attempt, Call, Condition, Placed, Query, Select, Waited, WaitResult
from ._version import __version__
from .errors import (
    CallLogError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    IdempotencyKeyReused,
    InvalidRequest,
    NotFound,
    RateLimited,
    ServerError,
    Unauthorized,
    Unavailable,
)

__all__ = [
    "PROPERTIES",
    "AsyncCallLog",
    "Attempt",
    "Call",
    "CallLog",
    "CallLogError",
    "Condition",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "IdempotencyKeyReused",
    "InvalidRequest",
    "NotFound",
    "Placed",
    "Query",
    "RateLimited",
    "Select",
    "ServerError",
    "Unauthorized",
    "Unavailable",
    "WaitResult",
    "Waited",
    "__version__",
]
