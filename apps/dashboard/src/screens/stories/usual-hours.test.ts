import { expect, test } from "vitest";

import { usualHours } from "./usual-hours.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 25, hour, 30)).toISOString();

test("the hours with most times come, by the clock of the zone", () => {
  const times = [at(3), at(3), at(3), at(19), at(19), at(23), at(7), at(7)];
  expect(usualHours(times, "Europe/Berlin")).toEqual(["04:00–05:00", "08:00–09:00", "20:00–21:00"]);
  expect(usualHours([at(23), at(23), at(23)], "Europe/Berlin")).toEqual(["00:00–01:00"]);
});

test("too few times tell nothing", () => {
  expect(usualHours([at(3), at(3)], "UTC")).toEqual([]);
});
