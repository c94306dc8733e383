import { expect, test } from "vitest";

import { plainWords } from "./plain-words.ts";

test.each([
  [
    "query.$and.0.createdAt.value: must be a date",
    "A filter cannot be used: the time must be a date.",
  ],
  [
    "query.$and.1.$nor.0.incidentId.value: must be an id",
    "A filter cannot be used: the incident must be an id.",
  ],
  [
    "The ApiKey sees call logs masked, so it may not search, sort or group by toNumber. That needs one of the permissions: Viewer.",
    "You see numbers, names and texts masked, so you cannot search, sort or group by the called number.",
  ],
  [
    "The ApiKey may not do this. It needs one of the permissions: Project Owner.",
    "You may not do this. It needs one of the permissions: Project Owner.",
  ],
  ["The ApiKey is not valid: unknown.", "Your key is not valid: unknown."],
  ["must be after scheduledAt", "must be after the earliest time"],
  ["name: must not be empty", "name: must not be empty"],
])("%j", (text, words) => {
  expect(plainWords(text)).toBe(words);
});
