"""What the API takes and answers, with its own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Union

Condition = Literal["dialed", "answered", "acknowledged", "ended", "priced"]
WaitResult = Literal["met", "missed", "timed-out"]

Query = Mapping[str, Any]
"""Conditions on properties, as the REST API takes them: ``{"status": "Completed"}``."""

Select = Union[Sequence[str], Mapping[str, Any]]
"""Properties to answer with: names, or the REST API's own form with columns of relations."""

Say = Union[str, Sequence[Mapping[str, Any]]]
"""A text, or a list of steps such as ``{"gather": {...}}``."""


class _AttemptId(TypedDict):
    _id: str


class Attempt(_AttemptId, total=False):
    """One try to place the call. ``events`` are its history."""

    number: int
    state: str
    dueAt: str
    provider: str
    providerCallId: str
    fromNumber: str
    claimedAt: str
    submittedAt: str
    answeredAt: str
    endedAt: str
    outcome: str
    answeredBy: str
    digits: str
    acknowledgedAt: str
    errorCode: str
    errorMessage: str
    errorClass: str
    durationSeconds: float
    costInMicroUSD: int
    events: list[dict[str, Any]]


class _CallId(TypedDict):
    _id: str


_Relation = Union[dict[str, Any], None]


class Call(_CallId, total=False):
    """A call log: ``_id`` and the selected properties; None stands for no value."""

    createdAt: str
    updatedAt: str
    project: _Relation
    projectId: str
    toNumber: str
    fromNumber: str
    callData: dict[str, Any] | None
    statusMessage: str | None
    status: str
    callCostInUSDCents: float
    incident: _Relation
    incidentId: str | None
    user: _Relation
    userId: str | None
    alert: _Relation
    alertId: str | None
    monitor: _Relation
    monitorId: str | None
    scheduledMaintenance: _Relation
    scheduledMaintenanceId: str | None
    statusPage: _Relation
    statusPageId: str | None
    statusPageAnnouncement: _Relation
    statusPageAnnouncementId: str | None
    onCallDutyPolicy: _Relation
    onCallDutyPolicyId: str | None
    onCallDutyPolicyEscalationRule: _Relation
    onCallDutyPolicyEscalationRuleId: str | None
    onCallDutyPolicySchedule: _Relation
    onCallDutyPolicyScheduleId: str | None
    team: _Relation
    teamId: str | None
    attempts: list[Attempt] | None
    attemptCount: int
    answeredBy: str | None
    acknowledgedAt: str | None
    scheduledAt: str | None
    deadlineAt: str | None
    waitsFor: str | None
    waitsUntil: str | None
    idempotencyKey: str | None
    tags: list[str] | None
    provider: str | None
    pricing: str | None
    retryOf: str | None


PROPERTIES: tuple[str, ...] = tuple(Call.__annotations__)
"""Names of all properties of a call log."""


@dataclass(frozen=True)
class Placed:
    """A call that was accepted. ``repeated``: the same key and request came before, and nothing new happened."""

    id: str
    status: str
    repeated: bool


@dataclass(frozen=True)
class Waited:
    """How a wait ended, and the call as it stands then."""

    result: WaitResult
    call: Call

    @property
    def reached(self) -> bool:
        """Somebody was reached as requested."""
        return self.call.get("status") == "Completed"
