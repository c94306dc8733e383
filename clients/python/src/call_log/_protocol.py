"""Requests and answers of the API without input and output: both clients send what this makes and read with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote

import httpx

from ._models import PROPERTIES, Call, Condition, Placed, Query, Say, Select, Waited
from ._version import __version__
from .errors import CallLogError, ConnectionFailed, RateLimited, Unavailable, error_of

LONGEST_POLL = 55.0
"""Seconds that one request may wait."""

PASSING = (ConnectionFailed, RateLimited, Unavailable)
"""Errors that a later request may not meet."""

_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each repetition of a request, unless the answer names a longer time."""
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True)
class Request:
    """``repeatable``: sending it twice does what sending it once does."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = True
    extra_seconds: float = 0.0

    def arguments(self, timeout: float) -> dict[str, Any]:
        """Arguments of httpx' ``request``."""
        given: dict[str, Any] = {"method": self.method, "url": self.path, "params": dict(self.params)}
        if self.body is not None:
            given["json"] = self.body
        given["timeout"] = httpx.Timeout(timeout, read=timeout + self.extra_seconds)
        return given


def headers_of(api_key: str) -> dict[str, str]:
    """Headers of every request."""
    return {"ApiKey": api_key, "User-Agent": f"call-log-client/{__version__}"}


def pause_before(request: Request, error: CallLogError, repetition: int, retries: int) -> float | None:
    """Seconds after which a failed request may be sent again; None when it must not be, or has been often enough."""
    if repetition >= retries:
        return None
    pause = _PAUSES[min(repetition, len(_PAUSES) - 1)]
    if isinstance(error, RateLimited):
        return min(max(pause, error.retry_after), _LONGEST_PAUSE)
    if isinstance(error, ConnectionFailed) and not error.was_sent:
        return pause
    if not request.repeatable:
        return None
    if isinstance(error, Unavailable):
        return min(max(pause, error.retry_after), _LONGEST_PAUSE)
    return pause if isinstance(error, ConnectionFailed) else None


def failure_of(error: httpx.TransportError) -> ConnectionFailed:
    """The error for a request without an answer."""
    was_sent = not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
    return ConnectionFailed(f"no answer: {type(error).__name__}", was_sent=was_sent)


def answer_of(response: httpx.Response) -> dict[str, Any]:
    """The body of an answer. Raises the error that it stands for."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if response.is_success and isinstance(body, dict):
        return body
    raise error_of(response.status_code, body, response.headers.get("retry-after"))


def place_request(
    to_number: str,
    say: Say,
    *,
    idempotency_key: str | None,
    from_number: str | None,
    reached_when: str | None,
    retry: Mapping[str, Any] | None,
    scheduled_at: datetime | str | None,
    deadline_at: datetime | str | None,
    tags: Sequence[str] | None,
    fields: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """A call request in the form of the API."""
    given = {
        "toNumber": to_number,
        "say": say,
        "idempotencyKey": idempotency_key,
        "fromNumber": from_number,
        "reachedWhen": reached_when,
        "retry": retry,
        "scheduledAt": _time(scheduled_at),
        "deadlineAt": _time(deadline_at),
        "tags": list(tags) if tags is not None else None,
    }
    return {**{name: value for name, value in given.items() if value is not None}, **(fields or {})}


def place(body: Mapping[str, Any]) -> Request:
    return Request("POST", "/api/call-log", body, repeatable="idempotencyKey" in body)


def placed(body: Mapping[str, Any], response: httpx.Response) -> Placed:
    repeated = response.headers.get("idempotent-replayed") == "true"
    return Placed(id=body["_id"], status=body["status"], repeated=repeated)


def get(call_id: str, select: Select | None) -> Request:
    return Request("POST", f"/api/call-log/{quote(call_id, safe='')}/get-item", {"select": selection(select)})


def count(query: Query | None) -> Request:
    return Request("POST", "/api/call-log/count", {"query": dict(query or {})})


def cancel(call_id: str) -> Request:
    return Request("POST", f"/calls/{quote(call_id, safe='')}/cancel", {}, repeatable=False)


def poll(call_id: str, until: Condition, seconds: float, select: Select | None) -> Request:
    """One long poll of at most so many seconds."""
    params = {"until": until, "timeout": str(int(min(max(seconds, 0.0), LONGEST_POLL)))}
    if select is not None:
        params["select"] = ",".join(select)
    path = f"/api/call-log/{quote(call_id, safe='')}/wait"
    return Request("GET", path, params=params, extra_seconds=LONGEST_POLL)


def settled(body: Mapping[str, Any]) -> Waited | None:
    """What a poll has found; None when it is to be repeated."""
    result = body["result"]
    return Waited(result=result, call=body["call"]) if result in ("met", "missed") else None


@dataclass
class Pages:
    """Goes through the pages of a list: ``request`` asks for the next one, ``take`` reads it."""

    query: Query | None
    select: Select | None
    sort: Mapping[str, Any] | None
    limit: int | None
    page_size: int
    done: bool = False
    _taken: int = 0
    _cursor: str | None = None

    def request(self) -> Request:
        size = self.page_size if self.limit is None else min(self.page_size, self.limit - self._taken)
        body: dict[str, Any] = {
            "query": dict(self.query or {}),
            "select": selection(self.select),
            "limit": max(size, 1),
            "inParts": True,
        }
        if self.sort is not None:
            body["sort"] = dict(self.sort)
        # Without a cursor the list is sorted by something else, or this is its first page.
        if self._cursor is not None:
            body["cursor"] = self._cursor
        else:
            body["skip"] = self._taken
        return Request("POST", "/api/call-log/get-list", body)

    def take(self, page: Mapping[str, Any]) -> list[Call]:
        calls = cast("list[Call]", page["data"])
        if self.limit is not None:
            calls = calls[: self.limit - self._taken]
        self._taken += len(calls)
        self._cursor = page.get("nextCursor")
        # A page of a slow search may be short, or empty, and still have a next one.
        is_whole = self._cursor is None and (not calls or self._taken >= page["count"])
        self.done = is_whole or (self.limit is not None and self._taken >= self.limit)
        return calls


def selection(select: Select | None) -> Mapping[str, Any]:
    """Properties to answer with, in the API's form; all of them for None."""
    if isinstance(select, Mapping):
        return select
    return {name: True for name in (PROPERTIES if select is None else select)}


def _time(value: datetime | str | None) -> str | None:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a time needs its time zone, such as datetime.now(timezone.utc)")
    return value.isoformat()
