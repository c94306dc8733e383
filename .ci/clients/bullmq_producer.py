"""Python's bullmq as a producer: a valid request, the same key twice, an invalid request. Usage: bullmq_producer.py URL KEY REDIS_URL PROJECT_ID"""

import asyncio
import json
import sys
import time
import urllib.request

from bullmq import Queue

URL, KEY, REDIS_URL, PROJECT_ID = sys.argv[1:5]
REQUEST = {
    "toNumber": "+1-555-010-0100",
    "say": "The database of shop.example is down.",
    "idempotencyKey": "by-python/first-call",
    "tags": ["python"],
}


def ask(path, body):
    request = urllib.request.Request(
        URL + path,
        json.dumps(body).encode(),
        {"ApiKey": KEY, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


async def until(what, condition):
    end = time.monotonic() + 60
    while not await condition():
        if time.monotonic() > end:
            raise SystemExit(f"not within a minute: {what}")
        await asyncio.sleep(0.1)


async def main():
    queue = Queue("call-requests", {"connection": REDIS_URL})

    async def add(request):
        return await queue.add("call-request", {"projectId": PROJECT_ID, "request": request}, {})

    for _ in range(2):
        await add(REQUEST)
    await add({**REQUEST, "idempotencyKey": "by-python/second-call"})
    await add({**REQUEST, "toNumber": "nobody"})

    completed = {"query": {"tags": "python", "status": "Completed"}, "select": {"idempotencyKey": True}}

    async def two_completed():
        return ask("/api/call-log/count", completed)["count"] == 2

    def dead_letters():
        headers = {"ApiKey": KEY}
        request = urllib.request.Request(f"{URL}/trpc/deadLetters.list?input=%7B%7D", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.dumps(json.load(answer))

    async def refusal_is_kept():
        return "toNumber: must be a phone number" in dead_letters()

    await until("two calls completed", two_completed)
    await until("the refused request is kept", refusal_is_kept)
    keys = sorted(call["idempotencyKey"] for call in ask("/api/call-log/get-list", completed)["data"])
    assert keys == ["by-python/first-call", "by-python/second-call"], keys
    assert ask("/api/call-log/count", {"query": {"tags": "python"}})["count"] == 2
    await queue.close()
    print("bullmq (Python): three requests, two calls, one refusal in the dead letters")


asyncio.run(main())
