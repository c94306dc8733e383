import { v5 } from "uuid";

import { CORPUS_END, CORPUS_PROJECT_ID } from "../reads/corpus.ts";

const DAY_MS = 86_400_000;
const from = new Date(CORPUS_END - 30 * DAY_MS).toISOString();
const below = new Date(CORPUS_END - 20 * DAY_MS).toISOString();

/** Ten days of a hundred. */
export const tenDays = { createdAt: { $gte: from, $lt: below } };

/** A person of every corpus, who has one call in fifty. */
export const userId = v5("user 42", CORPUS_PROJECT_ID);
const incidentId = v5("incident 42", CORPUS_PROJECT_ID);

/** What one call in two thousand says. */
const MESSAGE = "Incident 42: the database of shop.example is down. Press 4 to acknowledge.";

/** Filters of a first page, in the order of docs/reference/api.md; a test compares them with its operators. */
export const FILTERS: Readonly<Record<string, object>> = {
  status: { status: "Busy" },
  "ten days": tenDays,
  "status and ten days": { status: "Busy", ...tenDays },
  number: { toNumber: "+15550000042" },
  "the end of a number": { toNumber: { _type: "EndsWith", value: "4711" } },
  "four digits of a number": { toNumber: { _type: "Search", value: "4711" } },
  "the beginning of a number": { toNumber: { _type: "StartsWith", value: "+155500047" } },
  fromNumber: { fromNumber: "+15551112222" },
  "the end of fromNumber": { fromNumber: { _type: "EndsWith", value: "2222" } },
  tag: { tags: "team-3" },
  "tag and ten days": { tags: "team-3", ...tenDays },
  "two tags": { tags: { _type: "IncludesAll", value: ["night", "team-3"] } },
  person: { user: userId },
  "the name of a person": { user: { name: { _type: "Search", value: "Ann 42" } } },
  incident: { incident: incidentId },
  "the title of an incident": { incident: { title: { _type: "Search", value: "Database 42" } } },
  "a key of callData": { callData: { message: MESSAGE } },
  "a word of a message": { "callData.message": { _type: "Search", value: "Incident 42:" } },
  provider: { provider: "simulated" },
  "an attempt's outcome": { "attempts.outcome": "busy" },
  "the first attempt's provider": { "attempts.0.provider": "twilio" },
  "a range of cost": { callCostInUSDCents: { $gt: 1, $lt: 3 } },
  "a range of updatedAt": { updatedAt: tenDays.createdAt },

  EqualTo: { status: { _type: "EqualTo", value: "Busy" } },
  NotEqual: { status: { _type: "NotEqual", value: "Completed" } },
  EqualToOrNull: { answeredBy: { _type: "EqualToOrNull", value: "human" } },
  GreaterThan: { callCostInUSDCents: { _type: "GreaterThan", value: 1 } },
  GreaterThanOrEqual: { createdAt: { _type: "GreaterThanOrEqual", value: from } },
  LessThan: { createdAt: { _type: "LessThan", value: below } },
  LessThanOrEqual: { attemptCount: { _type: "LessThanOrEqual", value: 1 } },
  GreaterThanOrNull: { deadlineAt: { _type: "GreaterThanOrNull", value: from } },
  LessThanOrNull: { scheduledAt: { _type: "LessThanOrNull", value: from } },
  InBetween: { createdAt: { _type: "InBetween", startValue: from, endValue: below } },
  Includes: { status: { _type: "Includes", value: ["Busy", "No Answer", null] } },
  IncludesNone: { provider: { _type: "IncludesNone", value: ["telnyx", "simulated"] } },
  IsNull: { answeredBy: { _type: "IsNull" } },
  NotNull: { acknowledgedAt: { _type: "NotNull" } },
  "Search in statusMessage": { statusMessage: { _type: "Search", value: "busy" } },
  NotContains: { statusMessage: { _type: "NotContains", value: "busy" } },
  MultiSearch: {
    search: {
      _type: "MultiSearch",
      value: "Incident 42:",
      fields: ["statusMessage", "callData.message"],
    },
  },

  $eq: { toNumber: { $eq: "+15550000042" } },
  $ne: { status: { $ne: "Completed" } },
  "$gte and $lte": { callCostInUSDCents: { $gte: 1, $lte: 3 } },
  $in: { status: { $in: ["Busy", "No Answer"] } },
  $nin: { status: { $nin: ["Busy", "No Answer"] } },
  $exists: { "callData.incidentId": { $exists: true } },
  $all: { tags: { $all: ["night", "team-3"] } },
  $size: { attempts: { $size: 2 } },
  $not: { callCostInUSDCents: { $not: { $gt: 1 } } },
  $elemMatch: { attempts: { $elemMatch: { state: "ended", durationSeconds: { $gt: 20 } } } },
  $and: { $and: [{ status: "Busy" }, { attemptCount: { $gt: 1 } }] },
  $or: { $or: [{ status: "Busy" }, { status: "No Answer" }] },
  $nor: { $nor: [{ status: "Completed" }, { attemptCount: 0 }] },
};
