import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const [MINE, OTHERS, HOUSE] = ["+15551112222", "+15553334444", "+15550199999"] as const;
const request = { toNumber: "+15550100100", say: "Hello" };

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const operatorOf = (router: FreshRouter) => router.caller({ permissions: ["Operator"] });

describe("the numbers to call from", () => {
  test("are for operators alone", async () => {
    const owner = await fresh.caller();
    const forbidden = { code: "FORBIDDEN" };
    await expect(owner.numbers.list()).rejects.toMatchObject(forbidden);
    const loan = { number: OTHERS, project: fresh.projectId };
    await expect(owner.numbers.lend(loan)).rejects.toMatchObject(forbidden);
    await expect(owner.numbers.takeBack(loan)).rejects.toMatchObject(forbidden);
  });

  test("of another project can't be called from, nor be put into the settings, until they are lent", async () => {
    const [mine, operator] = [await fresh.caller(), await operatorOf(fresh)];
    const call = () => mine.calls.dispatch({ ...request, fromNumber: OTHERS });
    await expect(call()).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: `fromNumber: must be one of ${MINE}, ${HOUSE}`,
    });
    await expect(mine.projects.update({ fromNumbers: [MINE, OTHERS] })).rejects.toMatchObject({
      code: "CONFLICT",
      message: "fromNumbers.1: belongs to another project, and is not lent to this one",
    });
    const loan = { number: OTHERS, project: fresh.projectId };
    expect(await operator.numbers.lend(loan)).toEqual({
      number: OTHERS,
      owner: fresh.otherProjectId,
      lentTo: [fresh.projectId],
    });
    expect(await call()).toMatchObject({ status: "Queued" });
    await operator.numbers.takeBack(loan);
    await expect(call()).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("of the installation are lent to all until the operator takes them back", async () => {
    const [mine, operator] = [await fresh.caller(), await operatorOf(fresh)];
    const call = () => mine.calls.dispatch({ ...request, fromNumber: HOUSE });
    expect(await call()).toMatchObject({ status: "Queued" });
    expect((await operator.numbers.list()).numbers).toContainEqual({
      number: HOUSE,
      isDefault: true,
    });
    expect(await operator.numbers.takeBack({ number: HOUSE })).toMatchObject({ lentTo: [] });
    await expect(call()).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: `fromNumber: must be one of ${MINE}`,
    });
    await operator.numbers.lend({ number: HOUSE, project: "all" });
    expect(await call()).toMatchObject({ status: "Queued" });
  });

  test.each([
    [{ number: "12", project: "all" }, "number: must be a phone number"],
    [{ number: HOUSE, project: "everybody" }, "project: must be the id of a project, or"],
    [
      { number: HOUSE, project: "376d7300-28fe-11f1-b591-3fdcef396aba" },
      "project: there is no such project",
    ],
  ])("%j is refused in words", async (loan, message) => {
    const operator = await operatorOf(fresh);
    await expect(operator.numbers.lend(loan)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining(message) as string,
    });
  });
});
