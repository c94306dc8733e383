"""Both clients and the queue, against the running product."""

import asyncio
from datetime import datetime, timezone

import httpx
import pytest

import call_log
from call_log import AsyncCallLog, CallLog, Conflict, IdempotencyKeyReused, InvalidRequest, NotFound
from call_log.queue import CallQueue, call_id_of

REACHED = "+15550100100"
BUSY = "+15550100110"
NOBODY = "00000000-0000-4000-8000-000000000000"
LATER = datetime(2999, 1, 1, tzinfo=timezone.utc)


def test_a_call_is_placed_once_and_waited_for(calls: CallLog, tag: str) -> None:
    first = calls.place(REACHED, "The database is down.", idempotency_key=tag, tags=[tag])
    again = calls.place(REACHED, "The database is down.", idempotency_key=tag, tags=[tag])
    assert (first.repeated, again.repeated, again.id) == (False, True, first.id)
    waited = calls.wait(first.id, timeout=60)
    assert (waited.result, waited.reached, waited.call["status"]) == ("met", True, "Completed")
    assert calls.get(first.id, select=["status"]) == {"_id": first.id, "status": "Completed"}
    whole = calls.get(first.id)
    assert set(whole) == set(call_log.PROPERTIES)
    assert whole["attempts"] and whole["attempts"][0]["outcome"] == "reached"
    with pytest.raises(IdempotencyKeyReused):
        calls.place(REACHED, "Another text.", idempotency_key=tag, tags=[tag])
    with pytest.raises(Conflict):
        calls.cancel(first.id)


def test_a_wait_says_what_came_true(calls: CallLog, tag: str) -> None:
    busy = calls.place(BUSY, "Hello", retry={"maxAttempts": 1}, tags=[tag])
    answered = calls.wait(busy.id, until="answered", timeout=60, select=["status"])
    assert answered == call_log.Waited("missed", {"_id": busy.id, "status": "Busy"})
    assert not answered.reached
    later = calls.place(REACHED, "Hello", scheduled_at=LATER, tags=[tag])
    assert calls.wait(later.id, timeout=1).result == "timed-out"
    assert calls.cancel(later.id) == "Canceled"
    assert calls.wait(later.id, timeout=60).call["status"] == "Canceled"


def test_a_list_goes_through_its_pages(calls: CallLog, tag: str) -> None:
    ids = [calls.place(REACHED, "Hello", scheduled_at=LATER, tags=[tag]).id for _ in range(5)]
    query = {"tags": tag}
    assert calls.count(query) == 5
    by_cursor = [call["_id"] for call in calls.list(query, select=["status"], page_size=2)]
    assert by_cursor == ids[::-1]
    by_skip = [call["_id"] for call in calls.list(query, sort={"toNumber": "ASC"}, page_size=2)]
    assert sorted(by_skip) == sorted(ids)
    assert [call["_id"] for call in calls.list(query, limit=3, page_size=2)] == ids[:1:-1]
    assert list(calls.list(query, limit=0)) == []
    for call_id in ids:
        calls.cancel(call_id)


def test_errors_have_their_class_and_their_field(calls: CallLog, place: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest) as wrong:
        calls.place("nobody", "Hello")
    assert (wrong.value.field, wrong.value.status, wrong.value.code) == ("toNumber", 400, "BAD_REQUEST")
    assert wrong.value.request_id
    with pytest.raises(InvalidRequest) as listed:
        list(calls.list({"nothing": 1}))
    assert listed.value.field == "query.nothing"
    with pytest.raises(NotFound):
        calls.wait(NOBODY)
    with CallLog(place["CALL_LOG_URL"], "no key") as stranger, pytest.raises(call_log.Unauthorized):
        stranger.count()
    with pytest.raises(ValueError, match="time zone"):
        calls.place(REACHED, "Hello", scheduled_at=datetime(2999, 1, 1))


def test_the_same_with_asyncio(place: dict[str, str], tag: str) -> None:
    async def run() -> None:
        async with AsyncCallLog(place["CALL_LOG_URL"], place["CALL_LOG_API_KEY"]) as calls:
            placed = await asyncio.gather(
                *(calls.place(REACHED, "Hello", tags=[tag]) for _ in range(3))
            )
            waited = await asyncio.gather(*(calls.wait(one.id, timeout=60) for one in placed))
            assert [one.result for one in waited] == ["met"] * 3
            assert await calls.count({"tags": tag, "status": "Completed"}) == 3
            found = [call["_id"] async for call in calls.list({"tags": tag}, page_size=2)]
            assert sorted(found) == sorted(one.id for one in placed)
            assert (await calls.get(placed[0].id, select=["status"]))["status"] == "Completed"
            with pytest.raises(Conflict):
                await calls.cancel(placed[0].id)

    asyncio.run(run())


def test_a_queued_request_has_its_id_at_once(calls: CallLog, place: dict[str, str], tag: str) -> None:
    async def queue() -> str:
        async with CallQueue(place["REDIS_URL"], place["PROJECT_ID"]) as requests:
            keyless = await requests.add(REACHED, "Hello", tags=[tag])
            assert keyless.call_id is None
            queued = await requests.add(REACHED, "Hello", idempotency_key=tag, tags=[tag])
            again = await requests.add(REACHED, "Hello", idempotency_key=tag, tags=[tag])
            assert queued.job_id != again.job_id and queued.call_id == again.call_id
            assert queued.call_id is not None
            return queued.call_id

    call_id = asyncio.run(queue())
    placed = calls.place(REACHED, "Hello", idempotency_key=tag, tags=[tag])
    assert placed.id == call_id == call_id_of(place["PROJECT_ID"], {"idempotencyKey": tag})
    assert calls.wait(call_id, timeout=60).reached


def test_every_property_of_the_api_is_typed(place: dict[str, str]) -> None:
    document = httpx.get(f"{place['CALL_LOG_URL']}/openapi.json").json()
    named = set(document["components"]["schemas"]["CallLog"]["properties"])
    assert set(call_log.PROPERTIES) == named - {"deletedAt", "version"}
    attempt = set(document["components"]["schemas"]["Attempt"]["properties"])
    assert set(call_log.Attempt.__annotations__) <= attempt
    parameters = document["paths"]["/api/call-log/{id}/wait"]["get"]["parameters"]
    [until] = [one["schema"]["enum"] for one in parameters if one["name"] == "until"]
    assert until == list(call_log.Condition.__args__)  # type: ignore[attr-defined]
