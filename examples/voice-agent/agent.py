"""
A voice agent with call-log as its dispatcher: call-log rings the person, asks whether they want to talk, and keeps the
record; the agent gets ready when the phone is answered, and talks when the person has agreed.

call-log carries no media. `Session.talk` is where the agent's own platform takes over: LiveKit (dispatch the agent to
a room, then CreateSIPParticipant) or bolna (POST /call). That second call is the platform's, not call-log's.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from typing import Any, Protocol

from call_log import AsyncCallLog, Call

RETRY = {"maxAttempts": 2, "backoff": {"delaySeconds": 300}}


@dataclass(frozen=True)
class Task:
    """Whom to talk to about what. The same id is called once, however often the agent starts."""

    id: str
    number: str
    question: str


class Session(Protocol):
    """What the agent's platform does. `room` is the call's id, so a second start finds the first one's room."""

    async def prepare(self, room: str) -> None:
        """Somebody has picked up: create the room, load the model."""

    async def talk(self, room: str, number: str) -> None:
        """The person has agreed: connect them."""

    async def give_up(self, room: str, call: Call) -> None:
        """The person was not reached, or does not want to talk."""


def question_for(task: Task) -> list[dict[str, Any]]:
    """What call-log says: a machine can't press a key, and a person decides."""
    agreed = {"acknowledge": True, "say": "Thank you. The assistant calls you in a moment."}
    return [{"gather": {"say": f"{task.question} To talk to our assistant, press 4.", "on": {"4": agreed}}}]


async def run(calls: AsyncCallLog, session: Session, task: Task) -> str:
    """Have a person called and talk to them if they agree; returns the id of the call."""
    placed = await calls.place(
        task.number,
        question_for(task),
        idempotency_key=f"voice-agent/{task.id}",
        reached_when="acknowledged",
        retry=RETRY,
        tags=["voice-agent"],
    )
    answered = await calls.wait(placed.id, until="answered", timeout=1800)
    if answered.result == "met":
        await session.prepare(placed.id)
    agreed = await calls.wait(placed.id, until="acknowledged", timeout=1800)
    if agreed.result == "met":
        await session.talk(placed.id, task.number)
    else:
        await session.give_up(placed.id, agreed.call)
    return placed.id


class PrintedSession:
    """Stands for a platform: prints what it would do."""

    async def prepare(self, room: str) -> None:
        print(f"{room}: answered, the agent gets ready")

    async def talk(self, room: str, number: str) -> None:
        print(f"{room}: agreed, the agent talks")

    async def give_up(self, room: str, call: Call) -> None:
        print(f"{room}: {call.get('status')}, nothing to do")


async def main() -> None:
    task = Task(id=sys.argv[1], number=sys.argv[2], question="Your appointment is tomorrow at nine.")
    async with AsyncCallLog(os.environ["CALL_LOG_URL"], os.environ["CALL_LOG_API_KEY"]) as calls:
        await run(calls, PrintedSession(), task)


if __name__ == "__main__":
    asyncio.run(main())
