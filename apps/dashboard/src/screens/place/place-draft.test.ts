import { expect, test } from "vitest";

import { placeDraft } from "./place-draft.ts";
import { EMPTY_FORM } from "./place-form.ts";

function storage(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const form = { ...EMPTY_FORM, toNumber: "+15550100100", attempts: 3 };

test("is kept for its project until the form is empty again", () => {
  const kept = storage();
  placeDraft("a", kept).write(form);
  expect(placeDraft("a", kept).read()).toEqual(form);
  expect(placeDraft("b", kept).read()).toEqual(EMPTY_FORM);
  placeDraft("a", kept).write(EMPTY_FORM);
  expect(kept.map.size).toBe(0);
});

test("of a sensitive text is removed", () => {
  const kept = storage();
  placeDraft("a", kept).write(form);
  placeDraft("a", kept).write({ ...form, sensitive: true });
  expect(kept.map.size).toBe(0);
});

test("is not kept without storage, nor where storage refuses", () => {
  const none = placeDraft("a", undefined);
  none.write(form);
  expect(none.read()).toEqual(EMPTY_FORM);
  const refusing = {
    ...storage(),
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  expect(() => placeDraft("a", refusing).write(form)).not.toThrow();
});

test.each(["", "{", "null", "[]", '{"steps":[]}', '{"steps":[{"kind":"say"}],"attempts":"x"}'])(
  "%j, which this release did not write, is an empty draft",
  (text) => {
    expect(placeDraft("a", storage({ "call-log.draft.a": text })).read()).toEqual(EMPTY_FORM);
  },
);

test("of an older release keeps what is known of it", () => {
  const old = JSON.stringify({ toNumber: "+15550100100", colour: "red" });
  expect(placeDraft("a", storage({ "call-log.draft.a": old })).read()).toEqual({
    ...EMPTY_FORM,
    toNumber: "+15550100100",
  });
});
