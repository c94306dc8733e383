"""How a list goes through its pages, by answers of a transport without a network."""

from __future__ import annotations

import json

import httpx

from call_log import CallLog


def test_a_list_is_over_without_a_cursor_not_with_an_empty_page() -> None:
    part = {"count": 0, "countedFrom": "2026-11-01T00:00:00.000Z"}
    pages = [
        {**part, "data": [], "nextCursor": "older"},
        {**part, "data": [{"_id": "a"}], "nextCursor": "oldest"},
        {"data": [], "count": 1},
    ]
    asked: list[dict[str, object]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=pages[len(asked) - 1])

    client = CallLog("http://nowhere", "key", transport=httpx.MockTransport(handle))
    assert [call["_id"] for call in client.list()] == ["a"]
    assert [body.get("cursor") for body in asked] == [None, "older", "oldest"]
    assert all(body["inParts"] for body in asked)
