"""Puts call requests on the queue, for pipelines that hand over and go on. Needs ``pip install call-log-client[queue]``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bullmq import Queue

from . import _protocol as protocol
from ._models import Say

QUEUE = "call-requests"
JOB_VERSION = 3
"""The newest job format that this package makes; an older worker leaves such a job to a newer one."""
_NAMESPACE = uuid.UUID("2b1f2a4e-6f0c-4c53-9a0e-5b7d8c1e0f36")


@dataclass(frozen=True)
class Queued:
    """A request on the queue. ``call_id``: id of the call log to be; None without an idempotency key."""

    job_id: str
    call_id: str | None


class CallQueue:
    """Queues call requests of a project. The worker checks them: a refused one is kept as a dead letter."""

    def __init__(self, redis_url: str, project_id: str, *, prefix: str = "bull") -> None:
        self._project_id = project_id.lower()
        self._queue = Queue(QUEUE, {"connection": redis_url, "prefix": prefix})

    async def add(
        self,
        to_number: str,
        say: Say,
        *,
        idempotency_key: str | None = None,
        from_number: str | None = None,
        reached_when: str | None = None,
        retry: Mapping[str, Any] | None = None,
        scheduled_at: datetime | str | None = None,
        deadline_at: datetime | str | None = None,
        tags: Sequence[str] | None = None,
        fields: Mapping[str, Any] | None = None,
    ) -> Queued:
        """Queue a request. With an ``idempotency_key``, a pipeline that repeats itself places no second call."""
        request = protocol.place_request(
            to_number,
            say,
            idempotency_key=idempotency_key,
            from_number=from_number,
            reached_when=reached_when,
            retry=retry,
            scheduled_at=scheduled_at,
            deadline_at=deadline_at,
            tags=tags,
            fields=fields,
        )
        data = {"version": JOB_VERSION, "projectId": self._project_id, "request": request}
        options = {"removeOnComplete": True, "removeOnFail": {"count": 1000}}
        job = await self._queue.add("call-request", data, options)
        return Queued(job_id=str(job.id), call_id=call_id_of(self._project_id, request))

    async def close(self) -> None:
        """Close the connection."""
        await self._queue.close()

    async def __aenter__(self) -> CallQueue:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def call_id_of(project_id: str, request: Mapping[str, Any]) -> str | None:
    """The id that every transport gives the call of a request with an idempotency key."""
    key = request.get("idempotencyKey")
    return None if key is None else str(uuid.uuid5(_NAMESPACE, f"{project_id}:{key}"))
