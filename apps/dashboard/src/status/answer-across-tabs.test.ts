import { afterEach, expect, test } from "vitest";

import {
  forgetSharedAnswers,
  type AnswerAcrossTabs,
  answerAcrossTabs,
} from "./answer-across-tabs.ts";

const open: AnswerAcrossTabs<string>[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

function tab(name: string, validMs = 60_000) {
  const shared = answerAcrossTabs<string>(name, validMs);
  open.push(shared);
  return shared;
}

const never = () => Promise.reject(new Error("asked once more"));
/** A message is delivered some turns of the event loop after it was sent. */
const heardBy = async (shared: AnswerAcrossTabs<string>, answer: string) =>
  expect.poll(() => shared.get(() => Promise.resolve("nothing heard"))).toBe(answer);

test("what one tab has asked, another one does not ask", async () => {
  const [first, second] = [tab("one"), tab("one")];
  expect(await first.get(() => Promise.resolve("fine"))).toBe("fine");
  await heardBy(second, "fine");
  expect(await second.get(never)).toBe("fine");
});

test("what was asked by a page of somebody else, too long ago, or before an act, is asked again", async () => {
  const [first, second, old, other] = [tab("two"), tab("two"), tab("two", 0), tab("three")];
  await first.get(() => Promise.resolve("before"));
  await heardBy(second, "before");
  expect(await old.get(() => Promise.resolve("asked"))).toBe("asked");
  expect(await other.get(() => Promise.resolve("asked"))).toBe("asked");
  forgetSharedAnswers();
  expect(await second.get(() => Promise.resolve("after"))).toBe("after");
});
