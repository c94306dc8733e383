import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { anAcknowledgement } from "../testing/an-acknowledgement.ts";
import type { ShownSilence } from "../testing/fake-alertmanager.ts";
import { sendByFetch } from "../testing/send-by-fetch.ts";
import type { Acknowledgement } from "./acknowledgement.ts";
import { silenceAlert, type SilenceOptions } from "./silence.ts";

/** An Alertmanager whose silences are looked at. */
export interface TriedAlertmanager {
  /** Address under which `/api/v2/silences` is. */
  base: string;
  /** True when an alert with these labels is silenced. */
  silences: (labels: Readonly<Record<string, string>>) => Promise<boolean>;
  close: () => Promise<void>;
}

const HOUR_MS = 3_600_000;
function withLabels(labels: Record<string, string>): Acknowledgement {
  const { alert, ...acknowledgement } = anAcknowledgement();
  return { ...acknowledgement, alert: { ...alert, labels } };
}

/** Run the tests of silences against one Alertmanager. */
export function describeSilences(name: string, start: () => Promise<TriedAlertmanager>): void {
  describe(`silences at ${name}`, () => {
    let tried: TriedAlertmanager;
    beforeAll(async () => {
      tried = await start();
    });
    afterAll(() => tried.close());

    const inform = (acknowledgement: Acknowledgement, options: Partial<SilenceOptions> = {}) =>
      silenceAlert(
        acknowledgement,
        { base: tried.base, headers: {}, durationSeconds: 7200, now: new Date(), ...options },
        sendByFetch,
      );

    async function silencesOf({ callLogId }: Acknowledgement): Promise<ShownSilence[]> {
      const answer = await fetch(`${tried.base}/api/v2/silences`);
      const all = (await answer.json()) as ShownSilence[];
      return all.filter(({ comment }) => comment.includes(callLogId));
    }

    test("a press is a silence of the alert's labels, with an end and who pressed", async () => {
      const pressed = anAcknowledgement();
      expect((await inform(pressed)).status).toBe(200);
      const [silence, ...others] = await silencesOf(pressed);
      expect(others).toEqual([]);
      expect(silence).toMatchObject({ createdBy: "call-log", status: { state: "active" } });
      expect(silence?.comment).toBe(
        `Acknowledged by phone by Ada (pressed 4 at ${pressed.acknowledgedAt.toISOString()}, call ${pressed.callLogId})`,
      );
      expect(new Date(silence!.endsAt).getTime()).toBe(
        pressed.acknowledgedAt.getTime() + 2 * HOUR_MS,
      );
      const matchers = silence!.matchers.toSorted((a, b) => a.name.localeCompare(b.name));
      expect(matchers).toEqual([
        {
          name: "alertname",
          value: pressed.alert.labels["alertname"],
          isRegex: false,
          isEqual: true,
        },
        { name: "severity", value: "page", isRegex: false, isEqual: true },
      ]);
    });

    test("a repeated delivery makes no second silence, not even when a person has ended the first", async () => {
      const pressed = anAcknowledgement();
      await inform(pressed);
      expect((await inform(pressed)).status).toBe(200);
      const [silence, ...others] = await silencesOf(pressed);
      expect(others).toEqual([]);
      const ended = await fetch(`${tried.base}/api/v2/silence/${silence!.id}`, {
        method: "DELETE",
      });
      expect(ended.status).toBe(200);
      await inform(pressed);
      expect(await silencesOf(pressed)).toMatchObject([
        { id: silence!.id, status: { state: "expired" } },
      ]);
    });

    test("two calls of one alert have a silence each", async () => {
      const first = anAcknowledgement();
      const second = anAcknowledgement({ alert: first.alert });
      await inform(first);
      await inform(second);
      expect(await silencesOf(first)).toHaveLength(1);
      expect(await silencesOf(second)).toHaveLength(1);
    });

    test.each([
      ["quotes and backslashes", { path: String.raw`C:\"data"\n` }],
      ["lines", { text: "first\nsecond" }],
      ["other scripts", { team: "データベース 🔥" }],
      ["an empty value beside another", { empty: "", alertname: "Empty" }],
      ["a long value", { query: `sum(rate(x[5m])) | ${"a.b*".repeat(37)}` }],
      ["many labels", Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`l${n}`, "v"]))],
    ])("labels with %s are matched, and found again", async (_, labels) => {
      const pressed = withLabels(labels);
      expect(await tried.silences(labels)).toBe(false);
      expect((await inform(pressed)).status).toBe(200);
      expect((await inform(pressed)).status).toBe(200);
      expect(await tried.silences(labels)).toBe(true);
      const [silence, ...others] = await silencesOf(pressed);
      expect(others).toEqual([]);
      expect(silence?.matchers.map(({ name }) => name).toSorted()).toEqual(
        Object.keys(labels)
          .filter((name) => name !== "empty")
          .toSorted(),
      );
    });

    test("only the chosen labels are matched, or all when the alert has none of them", async () => {
      const pressed = anAcknowledgement();
      await inform(pressed, { matchLabels: ["alertname", "instance"] });
      const names = async (of: Acknowledgement) =>
        (await silencesOf(of))[0]?.matchers.map(({ name }) => name).toSorted();
      expect(await names(pressed)).toEqual(["alertname"]);
      const other = anAcknowledgement();
      await inform(other, { matchLabels: ["instance"] });
      expect(await names(other)).toEqual(["alertname", "severity"]);
    });

    test("a silence that would be over, or match nothing, is not asked for", async () => {
      const late = anAcknowledgement({ acknowledgedAt: new Date(Date.now() - 3 * HOUR_MS) });
      await expect(inform(late)).rejects.toThrow(/^The silence would have ended at /);
      const unnamed = withLabels({});
      await expect(inform(unnamed)).rejects.toThrow("The alert has no labels to match");
      expect([...(await silencesOf(late)), ...(await silencesOf(unnamed))]).toEqual([]);
    });

    test("a sensitive call's silence does not say what was pressed", async () => {
      const pressed = anAcknowledgement({ digits: undefined });
      await inform(pressed);
      const [silence] = await silencesOf(pressed);
      expect(silence?.comment).toMatch(/^Acknowledged by phone by Ada \(at 2/);
    });
  });
}
