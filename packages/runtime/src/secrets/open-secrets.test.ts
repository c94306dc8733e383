import { callbackSecret, isCallbackSecret } from "@call-log/provider";
import { connectStore, type Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase } from "@call-log/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { StartError } from "../start-error.ts";
import { OVERLAP_MS } from "./decide-master.ts";
import { openSecrets } from "./open-secrets.ts";
import { deriveKey, SECRET_USES, type SecretUse } from "./secret-uses.ts";

const FIRST = "the first secret of the installation, 0123456789";
const SECOND = "the second secret of the installation, 9876543210";
const THIRD = "a third secret that nobody else has, 1029384756";
const ATTEMPT = "376d7300-28fe-11f1-b591-3fdcef396aba-1";
const USES = Object.keys(SECRET_USES) as SecretUse[];

let store: Store;
let closing: () => Promise<void>;
let clock: Date;
let warnings: string[];
beforeEach(async () => {
  const database = await freshDatabase();
  store = await connectStore(database);
  closing = async () => {
    await store.close();
    await database.close();
  };
  clock = new Date("2026-11-24T03:12:00Z");
  warnings = [];
});
afterEach(() => closing());

/** What a process gets that starts with these settings. */
function start(SECRET_KEY?: string, SECRET_KEY_PREVIOUS?: string) {
  return openSecrets({
    instance: store.instance,
    settings: { SECRET_KEY, SECRET_KEY_PREVIOUS },
    now: () => clock,
    log: { warn: (_fields, text) => void warnings.push(text) },
  });
}

const later = (ms: number) => (clock = new Date(clock.getTime() + ms));

test("every use has a key of its own, and all processes have the same", async () => {
  for (const given of [undefined, FIRST]) {
    const [one, two] = await Promise.all([start(given), start(given)]);
    const keys = USES.map((use) => one[use].current);
    expect(new Set([...keys, given]).size).toBe(USES.length + 1);
    expect(USES.map((use) => two[use].current)).toEqual(keys);
    for (const use of USES) expect(one[use].accepted(clock)[0]).toBe(one[use].current);
  }
});

test("with SECRET_KEY from the beginning there is no secret in the database, and none counts", async () => {
  const { callbacks } = await start(FIRST);
  expect(await store.instance.findSecret()).toBeUndefined();
  expect(callbacks.accepted(clock)).toEqual([callbacks.current]);
});

describe("an installation that exists", () => {
  test("hears of its calls in flight for a day after the release that derives keys", async () => {
    const old = (await store.instance.secret()).toString("base64url");
    const address = callbackSecret(old, ATTEMPT);
    const { callbacks } = await start();
    expect(isCallbackSecret(callbacks.accepted(clock), ATTEMPT, address)).toBe(true);
    expect(callbacks.current).not.toBe(old);
    later(OVERLAP_MS - 1);
    expect(isCallbackSecret((await start()).callbacks.accepted(clock), ATTEMPT, address)).toBe(
      true,
    );
    later(1);
    expect(isCallbackSecret(callbacks.accepted(clock), ATTEMPT, address)).toBe(false);
  });

  test.each([[true], [false]])(
    "with SECRET_KEY set later, goes by the database's secret for a day, not longer (marked: %s)",
    async (isMarked) => {
      const secret = await store.instance.secret();
      if (isMarked) await start();
      const { callbacks } = await start(FIRST);
      const old = [deriveKey(secret, "callbacks"), secret.toString("base64url")];
      expect(callbacks.accepted(clock)).toEqual([callbacks.current, ...old]);
      later(OVERLAP_MS);
      for (const { callbacks: keyring } of [{ callbacks }, await start(FIRST)])
        expect(keyring.accepted(clock)).toEqual([keyring.current]);
    },
  );

  test("ends that day at once when the database's secret is deleted", async () => {
    await start();
    await start(FIRST);
    await collectionsOf(store).settings.deleteOne({ _id: "secret" });
    const { callbacks } = await start(FIRST);
    expect(callbacks.accepted(clock)).toEqual([callbacks.current]);
  });
});

describe("a change of SECRET_KEY", () => {
  test("keeps what was signed before, as long as the one before is named", async () => {
    const before = await start(FIRST);
    const after = await start(SECOND, FIRST);
    for (const use of USES) {
      expect(after[use].current).not.toBe(before[use].current);
      expect(after[use].accepted(clock)).toEqual([after[use].current, before[use].current]);
      const alone = (await start(SECOND))[use];
      expect(alone.accepted(clock)).toEqual([after[use].current]);
    }
  });

  test("refuses nothing meanwhile when every process knows the new one first", async () => {
    const first = await start(FIRST, SECOND);
    const second = await start(SECOND, FIRST);
    for (const use of USES) {
      expect(first[use].accepted(clock)).toContain(second[use].current);
      expect(second[use].accepted(clock)).toContain(first[use].current);
    }
    // A process that is not exchanged yet starts again.
    await start(FIRST, SECOND);
    expect(warnings).toEqual([expect.stringContaining("SECRET_KEY is the one before")]);
    await start(SECOND);
  });

  test("is refused in a line when it names nothing of this installation", async () => {
    const line =
      "SECRET_KEY: is not the one of this installation; to change it, set the present one as SECRET_KEY_PREVIOUS";
    await start(FIRST);
    for (const settings of [[SECOND], [SECOND, THIRD]] as const)
      await expect(start(...settings)).rejects.toThrow(new StartError(line));
    await start(SECOND, FIRST);
    later(OVERLAP_MS);
    await expect(start(FIRST)).rejects.toThrow(new StartError(line));
    expect(line).not.toContain(FIRST);
  });

  test("back to the database's secret has to be meant", async () => {
    await start(FIRST);
    await expect(start()).rejects.toThrow(
      "SECRET_KEY: must be set, since this installation has one; to do without, set that one as SECRET_KEY_PREVIOUS",
    );
    const { callbacks } = await start(undefined, FIRST);
    expect(callbacks.accepted(clock)).toContain(deriveKey(FIRST, "callbacks"));
    await start();
  });
});
