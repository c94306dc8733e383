"""What is sent again, and what is not: by answers of a transport without a network."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from call_log import CallLog, ConnectionFailed, RateLimited, ServerError, Unavailable
from call_log import _protocol as protocol

PLACED = httpx.Response(202, json={"_id": "a", "status": "Queued"})


def refusal(status: int, code: str, **headers: str) -> httpx.Response:
    body = {"error": "no", "message": "no", "code": code, "requestId": "r"}
    return httpx.Response(status, json=body, headers=headers)


AWAY = refusal(503, "SERVICE_UNAVAILABLE")
BUSY = refusal(429, "TOO_MANY_REQUESTS")
NO_LINE = httpx.ConnectError("refused")
LOST = httpx.ReadTimeout("lost")


@pytest.fixture
def client_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[CallLog, list[httpx.Request]]]:
    monkeypatch.setattr(protocol, "_PAUSES", (0.0,))

    def make(*answers: httpx.Response | Exception) -> tuple[CallLog, list[httpx.Request]]:
        left, sent = list(answers), []

        def handle(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            answer = left.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        for answer in answers:
            if isinstance(answer, httpx.Response) and answer.status_code >= 400:
                answer.headers["retry-after"] = "0"
        return CallLog("http://nowhere", "key", transport=httpx.MockTransport(handle)), sent

    return make


Make = Callable[..., "tuple[CallLog, list[httpx.Request]]"]


@pytest.mark.parametrize("failure", [AWAY, BUSY, NO_LINE, LOST])
def test_a_request_with_a_key_is_sent_again(client_with: Make, failure: object) -> None:
    client, sent = client_with(failure, PLACED)
    assert client.place("+15550100100", "Hello", idempotency_key="k").id == "a"
    assert len(sent) == 2


@pytest.mark.parametrize("failure", [BUSY, NO_LINE])
def test_without_a_key_only_when_nothing_was_done(client_with: Make, failure: object) -> None:
    client, sent = client_with(failure, PLACED)
    assert client.place("+15550100100", "Hello").id == "a"
    assert len(sent) == 2


@pytest.mark.parametrize(("failure", "kind"), [(AWAY, Unavailable), (LOST, ConnectionFailed)])
def test_and_never_when_it_may_have_been(
    client_with: Make, failure: object, kind: type[Exception]
) -> None:
    acts: list[Callable[[CallLog], object]] = [
        lambda client: client.place("+15550100100", "Hello"),
        lambda client: client.cancel("a"),
    ]
    for act in acts:
        client, sent = client_with(failure)
        with pytest.raises(kind):
            act(client)
        assert len(sent) == 1


def test_a_failure_that_stays_is_raised(client_with: Make) -> None:
    client, sent = client_with(BUSY, BUSY, BUSY, BUSY)
    with pytest.raises(RateLimited):
        client.count()
    assert len(sent) == 4
    client, sent = client_with(refusal(500, "INTERNAL_SERVER_ERROR"))
    with pytest.raises(ServerError):
        client.count()
    assert len(sent) == 1
    client, sent = client_with(*[httpx.Response(502, text="<html>bad gateway")] * 4)
    with pytest.raises(Unavailable, match="the server answered 502"):
        client.count()


def test_a_wait_asks_again_until_its_time_is_over(
    client_with: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    monkeypatch.setattr("time.sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    call = {"_id": "a", "status": "Ringing"}

    def poll(result: str) -> httpx.Response:
        return httpx.Response(200, json={"result": result, "call": call})

    client, sent = client_with(poll("interrupted"), *[AWAY] * 4, poll("timed-out"), poll("met"))
    assert client.wait("a", timeout=100).result == "met"
    timeouts = [int(request.url.params["timeout"]) for request in sent]
    assert timeouts[0] == 55 and len(timeouts) == 7
    client, sent = client_with(*[AWAY] * 8)
    clock[0] = 0.0
    with pytest.raises(Unavailable):
        client.wait("a", timeout=1.5)
