"""The product that the tests talk to: CALL_LOG_URL, CALL_LOG_API_KEY, PROJECT_ID, REDIS_URL."""

import os
import uuid
from collections.abc import Iterator

import pytest

from call_log import CallLog


@pytest.fixture(scope="session")
def place() -> dict[str, str]:
    names = ("CALL_LOG_URL", "CALL_LOG_API_KEY", "PROJECT_ID", "REDIS_URL")
    missing = [name for name in names if name not in os.environ]
    if missing:
        pytest.fail(f"the tests need a running call-log: set {', '.join(missing)}")
    return {name: os.environ[name] for name in names}


@pytest.fixture(scope="session")
def calls(place: dict[str, str]) -> Iterator[CallLog]:
    with CallLog(place["CALL_LOG_URL"], place["CALL_LOG_API_KEY"]) as client:
        yield client


@pytest.fixture
def tag() -> str:
    return f"py-{uuid.uuid4().hex[:12]}"
