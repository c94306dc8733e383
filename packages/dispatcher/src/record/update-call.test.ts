import type { CallRecord } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import type { CallChange } from "../context/call-update-queue.ts";
import { aRequest, CALL_ID, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { updateCall, updateKnownCall } from "./update-call.ts";

const newContext = useStoreContext(freshDatabase);

/** A context that counts what it asks of the database, with a call in it. */
async function counting() {
  const context = newContext();
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const asked = { finds: 0, replaces: 0 };
  const calls: TestContext["calls"] = {
    ...context.calls,
    find: (...which) => {
      asked.finds += 1;
      return context.calls.find(...which);
    },
    replace: (record) => {
      asked.replaces += 1;
      return context.calls.replace(record);
    },
  };
  const read = async () => (await context.calls.find(_id))!;
  return { context: { ...context, calls }, _id, asked, read };
}

const tag =
  (name: string): CallChange =>
  (record) =>
    record.tags.includes(name) ? undefined : { ...record, tags: [...record.tags, name] };

describe("changes of one call that meet in a process", () => {
  test("share a read and a write, in their order", async () => {
    const { context, _id, asked, read } = await counting();
    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((name) => updateCall(context, _id, tag(name))),
    );
    expect((await read()).tags).toEqual(["a", "b", "c", "d"]);
    expect(answers.at(-1)?.tags).toEqual(["a", "b", "c", "d"]);
    // The first begins at once, and the others wait for it.
    expect(asked).toEqual({ finds: 1, replaces: 2 });
  });

  test("one that throws stops no other", async () => {
    const { context, _id, read } = await counting();
    const refuse: CallChange = () => {
      throw new Error("not now");
    };
    const changes = [tag("a"), refuse, tag("b")];
    const answers = await Promise.allSettled(
      changes.map((change) => updateCall(context, _id, change)),
    );
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await read()).tags).toEqual(["a", "b"]);
  });

  test("all reject when they can't be written, and later ones are made", async () => {
    const { context, _id, read } = await counting();
    let isAway = true;
    const replace = async (record: CallRecord) => {
      if (isAway) throw new Error("away");
      return context.calls.replace(record);
    };
    const shaky = { ...context, calls: { ...context.calls, replace } };
    const answers = await Promise.allSettled(
      ["a", "b"].map((name) => updateCall(shaky, _id, tag(name))),
    );
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    isAway = false;
    await updateCall(shaky, _id, tag("c"));
    expect((await read()).tags).toEqual(["c"]);
  });

  test("of a call that is not there do nothing", async () => {
    const { context } = await counting();
    expect(await updateCall(context, CALL_ID, tag("a"))).toBeUndefined();
  });
});

describe("a call that was just written", () => {
  test("is not read again", async () => {
    const { context, asked, read } = await counting();
    await updateKnownCall(context, await read(), tag("a"));
    expect(asked).toEqual({ finds: 0, replaces: 1 });
    expect((await read()).tags).toEqual(["a"]);
  });

  test("is read when somebody else has written since; nothing of theirs is lost", async () => {
    const { context, asked, read } = await counting();
    const known = await read();
    await context.calls.replace({ ...known, tags: ["theirs"] });
    await updateKnownCall(context, known, tag("ours"));
    expect((await read()).tags).toEqual(["theirs", "ours"]);
    expect(asked).toEqual({ finds: 1, replaces: 3 });
  });

  test("is read before it is said that nothing is to be done, or that it must not be", async () => {
    const { context, read } = await counting();
    const known = { ...(await read()), tags: ["a"] };
    await context.calls.replace({ ...known, tags: [] });
    await updateKnownCall(context, known, tag("a"));
    expect((await read()).tags).toEqual(["a"]);
    const unlessTagged: CallChange = (record) => {
      if (record.tags.includes("b")) throw new Error("tagged");
      return { ...record, tags: ["c"] };
    };
    await updateKnownCall(context, { ...known, tags: ["b"] }, unlessTagged);
    expect((await read()).tags).toEqual(["c"]);
  });
});

describe("a call that this process wrote last", () => {
  test("is not read for its next change", async () => {
    const { context, _id, asked, read } = await counting();
    for (const name of ["a", "b", "c"]) await updateCall(context, _id, tag(name));
    expect(asked).toEqual({ finds: 1, replaces: 3 });
    expect((await read()).tags).toEqual(["a", "b", "c"]);
  });

  test("is read when another process has written since; nothing of theirs is lost", async () => {
    const { context, _id, asked, read } = await counting();
    await updateCall(context, _id, tag("a"));
    await context.calls.replace({ ...(await read()), tags: ["a", "theirs"] });
    await updateCall(context, _id, tag("ours"));
    expect((await read()).tags).toEqual(["a", "theirs", "ours"]);
    expect(asked).toEqual({ finds: 2, replaces: 4 });
  });
});
