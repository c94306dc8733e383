"""The client for asyncio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, cast

import httpx

from . import _protocol as protocol
from ._models import Call, Condition, Placed, Query, Say, Select, Waited
from .errors import CallLogError


class AsyncCallLog:
    """Calls of the project of an API key. One instance serves one event loop."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: float = 10.0,
        retries: int = 3,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``timeout``: seconds for one answer. ``retries``: repetitions of a request where that is safe."""
        self._timeout = timeout
        self._retries = retries
        self._http = httpx.AsyncClient(
            base_url=url, headers=protocol.headers_of(api_key), transport=transport
        )

    async def place(
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
    ) -> Placed:
        """
        Have a call placed. With an ``idempotency_key``, the same request places one call however often it is sent,
        so a lost answer is tried again; without one it is not. ``fields``: other fields, by their REST names.
        """
        body = protocol.place_request(
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
        response = await self._send(protocol.place(body))
        return protocol.placed(protocol.answer_of(response), response)

    async def get(self, call_id: str, *, select: Select | None = None) -> Call:
        """One call log; every property without a selection. Raises NotFound."""
        return cast(Call, await self._ask(protocol.get(call_id, select)))

    async def list(
        self,
        query: Query | None = None,
        *,
        select: Select | None = None,
        sort: Mapping[str, Any] | None = None,
        limit: int | None = None,
        page_size: int = 100,
    ) -> AsyncIterator[Call]:
        """Call logs that match, newest first unless sorted otherwise; asks for further pages as they are needed."""
        pages = protocol.Pages(query, select, sort, limit, page_size, done=limit == 0)
        while not pages.done:
            for call in pages.take(await self._ask(pages.request())):
                yield call

    async def count(self, query: Query | None = None) -> int:
        """How many call logs match."""
        return int((await self._ask(protocol.count(query)))["count"])

    async def cancel(self, call_id: str) -> str:
        """Cancel a call that waits, or end one that is under way; its status. Raises Conflict when it is over."""
        return str((await self._ask(protocol.cancel(call_id)))["status"])

    async def wait(
        self,
        call_id: str,
        *,
        until: Condition = "ended",
        timeout: float = 600.0,
        select: Sequence[str] | None = None,
    ) -> Waited:
        """
        Wait until a condition holds (``met``), cannot hold any more (``missed``), or so many whole seconds have
        passed (``timed-out``). The call goes on in any case. A server that is away for a while is asked again.
        """
        ends_at = time.monotonic() + timeout
        while True:
            left = ends_at - time.monotonic()
            try:
                body = await self._ask(protocol.poll(call_id, until, left, select))
            except protocol.PASSING:
                if left < 1:
                    raise
                await asyncio.sleep(1.0)
                continue
            waited = protocol.settled(body)
            if waited is not None:
                return waited
            if body["result"] == "interrupted":
                await asyncio.sleep(1.0)
            elif time.monotonic() >= ends_at - 1:
                return Waited(result="timed-out", call=body["call"])

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncCallLog:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _ask(self, request: protocol.Request) -> dict[str, Any]:
        return protocol.answer_of(await self._send(request))

    async def _send(self, request: protocol.Request) -> httpx.Response:
        repetition = 0
        while True:
            try:
                return await self._once(request)
            except CallLogError as error:
                pause = protocol.pause_before(request, error, repetition, self._retries)
                if pause is None:
                    raise
            await asyncio.sleep(pause)
            repetition += 1

    async def _once(self, request: protocol.Request) -> httpx.Response:
        try:
            response = await self._http.request(**request.arguments(self._timeout))
        except httpx.TransportError as error:
            raise protocol.failure_of(error) from error
        protocol.answer_of(response)
        return response
