import { readLedger } from "@call-log/provider";
import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { assistantByHttp } from "../../api/src/testing/mcp-client.ts";
import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
const SETTINGS = { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY };

test("a call that an assistant places rings once, though the server dies before it answers", async () => {
  await using folder = await freshFolder();
  const asked = { toNumber: "+15550100100", say: "Press 4.", acknowledgeKey: "4" };
  let confirmed: Record<string, unknown> = {};
  {
    await using product = startProcess(folder.path, SETTINGS);
    const { url } = await product.ready();
    const assistant = await assistantByHttp({ url, key: KEY });
    const { data } = await assistant.tool("place_call", asked);
    confirmed = { ...asked, confirm: data["confirm"] };
    const lost = assistant.tool("place_call", confirmed).catch(() => undefined);
    await waitFor(async () => (await readLedger(folder.path)).length > 0, {
      describe: "the call at the carrier",
    });
    await product.end("SIGKILL");
    await lost;
  }
  await using product = startProcess(folder.path, SETTINGS);
  const { url } = await product.ready();
  const assistant = await assistantByHttp({ url, key: KEY });
  const { data, text } = await assistant.tool("place_call", confirmed);
  expect(data).toMatchObject({ placed: true, repeated: true });
  expect(text).toContain("Nothing rings again.");
  const over = await waitFor(async () => {
    const reply = await assistant.tool("wait_for_call", { id: data["id"], timeoutSeconds: 20 });
    return reply.data["isOver"] === true && reply;
  });
  expect(over.data).toMatchObject({ reached: "yes" });
  expect(over.text).toMatch(/a person pressed 4/);
  const rung = (await readLedger(folder.path)).map(({ attemptId }) => attemptId);
  expect(rung).toEqual([`${String(data["id"])}-1`]);
  const found = await assistant.tool("find_calls", { number: "0100" });
  expect(found.data["count"]).toBe(1);
  await assistant.close();
});
