"""The agent against the running product, as `.ci/python-clients package` runs it."""

import asyncio
import os
import uuid

import agent
import pytest

from call_log import AsyncCallLog, Call, CallLog

PRESSES_4 = "+15550100100"
PRESSES_NOTHING = "+15550100101"
BUSY = "+15550100110"


class Recorded:
    """A session that notes what it was asked."""

    def __init__(self) -> None:
        self.acts: list[str] = []

    async def prepare(self, room: str) -> None:
        self.acts.append("prepare")

    async def talk(self, room: str, number: str) -> None:
        self.acts.append(f"talk to {number}")

    async def give_up(self, room: str, call: Call) -> None:
        self.acts.append(f"give up: {call['status']}")


async def run(number: str, task_id: str) -> tuple[str, list[str]]:
    session = Recorded()
    task = agent.Task(id=task_id, number=number, question="Your appointment is tomorrow.")
    async with AsyncCallLog(os.environ["CALL_LOG_URL"], os.environ["CALL_LOG_API_KEY"]) as calls:
        return await agent.run(calls, session, task), session.acts


@pytest.mark.parametrize(
    ("number", "acts"),
    [
        (PRESSES_4, ["prepare", f"talk to {PRESSES_4}"]),
        (PRESSES_NOTHING, ["prepare", "give up: Not Reached"]),
        (BUSY, ["give up: Busy"]),
    ],
)
def test_the_agent_does_what_the_answer_asks_for(
    number: str, acts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "RETRY", {"maxAttempts": 1})
    assert asyncio.run(run(number, uuid.uuid4().hex))[1] == acts


def test_a_second_start_rings_nobody() -> None:
    task_id = uuid.uuid4().hex
    first, _ = asyncio.run(run(PRESSES_4, task_id))
    again, acts = asyncio.run(run(PRESSES_4, task_id))
    assert (again, acts[-1]) == (first, f"talk to {PRESSES_4}")
    with CallLog(os.environ["CALL_LOG_URL"], os.environ["CALL_LOG_API_KEY"]) as calls:
        assert calls.count({"idempotencyKey": f"voice-agent/{task_id}"}) == 1
