import { type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import type { SessionHolder } from "./access-documents.ts";

const START = Date.UTC(2026, 10, 29);
const HOUR = 3600;
const LIFE = { seconds: 12 * HOUR, idleSeconds: 4 * HOUR };

/** What sessions must do on every database. */
function sessionSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`sessions on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let other: Store;
    let clock = new Date(START);
    let elapsed = 0;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      other = await connectStore({ ...database, now: () => clock, elapsedMs: () => elapsed });
    });
    beforeEach(async () => {
      clock = new Date(START);
      await store.sessions.endAll();
    });
    afterAll(async () => {
      await store?.close();
      await other?.close();
      await database?.close();
    });

    const key = (keyId: string): SessionHolder => ({ kind: "key", keyId });
    const begin = (holder = key("a")) => store.sessions.begin({ holder, seconds: LIFE.seconds });
    const find = (token: string, life = LIFE) => store.sessions.find(token, life);
    const after = (seconds: number) => {
      clock = new Date(START + seconds * 1000);
    };

    test("a cookie is 256 random bits, of which the database has a hash alone", async () => {
      const { token, session } = await begin();
      expect(token).toMatch(/^[\w-]{43}$/);
      expect((await begin()).token).not.toBe(token);
      expect(await find(token)).toEqual(session);
      expect(JSON.stringify(await collectionsOf(store).sessions.find().toArray())).not.toContain(
        token,
      );
      for (const text of ["", session.id, token.slice(1), `${token}.x`])
        expect(await find(text)).toBeUndefined();
    });

    test("an end holds at once, and within half a second on another node", async () => {
      const { token } = await begin();
      const onOther = () => other.sessions.find(token, LIFE);
      expect(await onOther()).toBeDefined();
      expect(await store.sessions.endToken(token)).toBe(true);
      expect(await find(token)).toBeUndefined();
      expect(await onOther()).toBeDefined();
      elapsed += 500;
      expect(await onOther()).toBeUndefined();
      expect(await store.sessions.endToken(token)).toBe(false);
    });

    test("it ends after its life, however much it is used", async () => {
      const { token } = await begin();
      for (let hour = 1; hour < 12; hour++) {
        after(hour * HOUR);
        expect(await other.sessions.find(token, LIFE)).toBeDefined();
        elapsed += 500;
      }
      after(12 * HOUR - 1);
      expect(await find(token)).toBeDefined();
      after(12 * HOUR);
      expect(await find(token)).toBeUndefined();
    });

    test("it ends when it was not used for long, and a use is noted", async () => {
      const { token } = await begin();
      after(4 * HOUR - 1);
      expect(await other.sessions.find(token, LIFE)).toBeDefined();
      elapsed += 500;
      after(8 * HOUR - 2);
      expect(await other.sessions.find(token, LIFE)).toBeDefined();
      elapsed += 500;
      after(12 * HOUR - 2);
      expect(await other.sessions.find(token, LIFE)).toBeUndefined();
    });

    test("a shorter life that the settings got later holds for sessions that are there", async () => {
      const { token } = await begin();
      after(2 * HOUR);
      expect(await find(token, { ...LIFE, seconds: 2 * HOUR })).toBeUndefined();
      expect(await find(token, { ...LIFE, idleSeconds: 2 * HOUR })).toBeUndefined();
      expect(await find(token)).toBeDefined();
    });

    test("what was written by hand with a far end has no longer life", async () => {
      const { token, session } = await begin();
      const endsAt = new Date(START + 3650 * 86_400_000);
      await collectionsOf(store).sessions.updateOne({ _id: session.id }, { $set: { endsAt } });
      after(12 * HOUR);
      expect(await find(token)).toBeUndefined();
    });

    test("a session that has ended does not come back by being seen", async () => {
      const { token } = await begin();
      elapsed += 500;
      expect(await other.sessions.find(token, LIFE)).toBeDefined();
      await store.sessions.endToken(token);
      after(HOUR);
      await other.sessions.find(token, LIFE);
      expect(await collectionsOf(store).sessions.countDocuments()).toBe(0);
    });

    test("a key's sessions are listed and ended apart from those of others", async () => {
      const [first, second] = [await begin(), await begin()];
      const { session: foreign } = await begin(key("b"));
      const ids = async (holder = key("a")) =>
        (await store.sessions.list(holder)).map(({ id }) => id);
      expect((await ids()).toSorted()).toEqual([first.session.id, second.session.id].toSorted());
      expect(await store.sessions.end(foreign.id, key("a"))).toBe(false);
      expect(await store.sessions.end(first.session.id, key("a"))).toBe(true);
      const third = await begin();
      const exceptId = third.session.id;
      expect(await store.sessions.endAll({ holder: key("a"), exceptId })).toBe(1);
      expect(await find(second.token)).toBeUndefined();
      expect(await ids()).toEqual([exceptId]);
      expect(await ids(key("b"))).toEqual([foreign.id]);
    });

    test("persons of one name at two issuers are two", async () => {
      const person = (issuer: string): SessionHolder => ({
        kind: "person",
        issuer,
        subject: "ada",
        groups: ["oncall"],
      });
      await begin(person("https://a.example"));
      expect(await store.sessions.list(person("https://b.example"))).toEqual([]);
      expect(await store.sessions.list(person("https://a.example"))).toHaveLength(1);
    });

    test("a project is chosen for a session, and its absence", async () => {
      const { token, session } = await begin();
      expect(await store.sessions.choose(session.id, "shop")).toBe(true);
      expect((await find(token))?.projectId).toBe("shop");
      expect(await store.sessions.choose(session.id, null)).toBe(true);
      expect((await find(token))?.projectId).toBeUndefined();
      expect(await store.sessions.choose("nothing", "shop")).toBe(false);
    });

    test("one key has 200 sessions at most; the oldest ends", async () => {
      const { token } = await begin();
      after(1);
      await Promise.all(Array.from({ length: 199 }, () => begin()));
      expect(await find(token)).toBeDefined();
      await begin();
      expect(await find(token)).toBeUndefined();
      expect(await store.sessions.list(key("a"))).toHaveLength(200);
    });
  });
}

onEachDatabase(sessionSuite);
