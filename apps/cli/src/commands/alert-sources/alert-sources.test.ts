import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { AlertSource } from "@call-log/model";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { wholeInstallation } from "../../testing/whole-installation.ts";

const SECRET = "a-token-that-nobody-sees";

let whole: Awaited<ReturnType<typeof wholeInstallation>>;
let address: string;
let status: number;
let received: { url: string; authorization: string | undefined }[];
const server = createServer((request, response) => {
  request.resume();
  received.push({ url: request.url ?? "", authorization: request.headers.authorization });
  response.writeHead(status).end("noted");
});
beforeAll(async () => {
  whole = await wholeInstallation({ allowedAddresses: ["127.0.0.1"] });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  status = 200;
  received = [];
});
afterAll(async () => {
  server.close();
  await whole?.[Symbol.asyncDispose]();
});

const back = () =>
  JSON.stringify({
    kind: "template",
    url: `${address}/alerts/{{ fingerprint }}`,
    headers: { authorization: "Bearer {{ secret }}" },
    secret: SECRET,
  });

async function created(options: string[] = []) {
  const create = ["alert-sources", "create", "--kind", "json", "--name", "Jobs"];
  const rule = ["--to", "+15550100100", "--mapping", '{"title": "/job"}'];
  const { source } = await whole.cli.json<{ source: AlertSource }>([
    ...create,
    ...rule,
    ...options,
  ]);
  return source;
}

test("--back is saved without showing its secret, changed, and ended by null", async () => {
  const source = await created(["--back", back()]);
  expect(source.back).toMatchObject({ kind: "template", hasSecret: true });
  expect(JSON.stringify(source)).not.toContain(SECRET);
  const update = ["alert-sources", "update", source._id, "--back"];
  const pager = '{"kind": "pagerduty", "secret": "0123"}';
  expect(await whole.cli.json([...update, pager])).toMatchObject({ back: { kind: "pagerduty" } });
  expect(await whole.cli.json<AlertSource>([...update, "null"])).not.toHaveProperty("back");
});

test.each([
  ["no JSON", "{", /^call-log: --back/],
  ["a list", "[]", /--back: must be a JSON object/],
  ["an unknown kind", '{"kind": "fax"}', /back\.kind: must be of kind alertmanager, /],
  ["a secret that is missing", '{"kind": "grafana", "url": "https://g.example"}', /back\.secret/],
])("--back that is %s is refused with what is wrong", async (_name, text, message) => {
  const { _id } = await created();
  const run = await whole.cli.run(["alert-sources", "update", _id, "--back", text]);
  expect(run).toMatchObject({ stdout: "" });
  expect(run.exitCode).toBeGreaterThan(0);
  expect(run.stderr).toMatch(message);
});

test("test-back shows what the other side answers, and fails as it fails", async () => {
  const { _id } = await created(["--back", back()]);
  const { key } = await whole.store.keys.create({
    projectId: whole.project._id,
    permissions: ["Project Owner"],
  });
  const { environment } = whole;
  const test = ["alert-sources", "test-back", _id];
  const withoutKey = await whole.cli.run(test, { environment });
  expect(withoutKey.stderr).toContain("--api-key: is needed");
  const run = () => whole.cli.run([...test, "--api-key", key], { environment });
  expect(await run()).toMatchObject({ exitCode: 0, stdout: "the source answered 200: noted\n" });
  expect(received).toEqual([{ url: "/alerts/call-log-test", authorization: `Bearer ${SECRET}` }]);
  status = 401;
  const refused = await run();
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toContain("the receiver answered 401: noted");
  await whole.cli.json(["alert-sources", "update", _id, "--back", "null"]);
  expect((await run()).stderr).toContain("set `back` first");
});
