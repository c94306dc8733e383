import { callRecord } from "@call-log/testing";
import { expect, test } from "vitest";

import { insertCall } from "../testing/insert-call.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";

onEachStore((running) => {
  const wakeAtOf = async ({ _id }: { _id: string }) =>
    (await running.store.calls.find(_id))?.wakeAt;

  test("calls that are put off wake at the time, or at an earlier deadline", async () => {
    const { store } = running;
    const call = await insertCall(store, callRecord({ wakeAt: later(30_000) }));
    const ending = { wakeAt: later(30_000), deadlineAt: later(60_000) };
    const urgent = await insertCall(store, callRecord(ending));
    const other = await insertCall(store, callRecord({ wakeAt: later(30_000) }));
    await store.calls.putOff([call, urgent], later(3_600_000));
    expect(await wakeAtOf(call)).toEqual(later(3_600_000));
    expect(await wakeAtOf(urgent)).toEqual(later(60_000));
    expect(await wakeAtOf(other)).toEqual(later(30_000));
    await store.calls.putOff([], later(3_600_000));
  });

  test("calls that are put off say why they wait, if they are given a reason", async () => {
    const { store } = running;
    const held = { waitsFor: "quiet-hours", heldAt: later(0), waitsUntil: later(1000) } as const;
    const told = await insertCall(store, callRecord(held));
    const silent = await insertCall(store, callRecord(held));
    const wait = { waitsFor: "turn", statusMessage: "Waits: for its turn" } as const;
    await store.calls.putOff([{ ...told, wait }, silent], later(3_600_000));
    const found = await store.calls.find(told._id);
    expect(found).toMatchObject({ ...wait, wakeAt: later(3_600_000) });
    expect(found).not.toHaveProperty("waitsUntil");
    expect(found).not.toHaveProperty("heldAt");
    expect(await store.calls.find(silent._id)).toMatchObject(held);
  });

  test("a call that was changed since it was read is not put off", async () => {
    const { store } = running;
    const read = await insertCall(store, callRecord({ wakeAt: later(30_000) }));
    await store.calls.replace({ ...read, wakeAt: later(10_000) });
    await store.calls.putOff([read], later(3_600_000));
    expect(await wakeAtOf(read)).toEqual(later(10_000));
  });

  test("calls wake by a time: those with a later one, and none with nothing due", async () => {
    const { store } = running;
    const late = await insertCall(store, callRecord({ wakeAt: later(3_600_000) }));
    const soon = await insertCall(store, callRecord({ wakeAt: later(1000) }));
    const { wakeAt: _none, ...over } = callRecord();
    const ended = await insertCall(store, over);
    await store.calls.wakeBy([late._id, soon._id, ended._id], later(30_000));
    expect(await wakeAtOf(late)).toEqual(later(30_000));
    expect(await wakeAtOf(soon)).toEqual(later(1000));
    expect(await wakeAtOf(ended)).toBeUndefined();
  });
});
