import { afterEach, expect, test } from "vitest";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { onMoment, onShortMoment } from "./on-moment.ts";

afterEach(() => speak("en", {}));

const AT = "2026-11-25T19:34:08.000Z";
const on = (now: string, zone = "Europe/Berlin") => onMoment(AT, { now: new Date(now), zone });

test("a moment has its day and zone, and its year where that is another", () => {
  expect(on("2026-11-26T03:00:00Z")).toBe("on Wednesday 25 November at 20:34 (Berlin)");
  speak("de", german);
  expect(on("2026-11-26T03:00:00Z")).toBe("am Mittwoch, 25. November um 20:34 (Berlin)");
  expect(on("2026-11-26T03:00:00Z", "America/New_York")).toBe(
    "am Mittwoch, 25. November um 14:34 (New York)",
  );
  expect(on("2027-02-01T03:00:00Z")).toBe("am Mittwoch, 25. November 2026 um 20:34 (Berlin)");
});

test("where there is little room, a moment of today has no day", () => {
  const short = (now: string) => onShortMoment(AT, { now: new Date(now), zone: "Europe/Berlin" });
  expect(short("2026-11-25T03:00:00Z")).toBe("at 20:34 (Berlin)");
  expect(short("2026-11-26T03:00:00Z")).toBe("on Wed 25 Nov at 20:34 (Berlin)");
  speak("de", german);
  expect(short("2026-11-25T03:00:00Z")).toBe("um 20:34 (Berlin)");
  expect(short("2026-11-26T03:00:00Z")).toBe("am Mi. 25. Nov. um 20:34 (Berlin)");
});
