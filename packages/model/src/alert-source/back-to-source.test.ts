import { describe, expect, test } from "vitest";

import { issueText } from "../error/issue-text.ts";
import { filledRequest } from "./back-template.ts";
import { type BackToSource, backToSource, changedBack, shownBack } from "./back-to-source.ts";

const problemOf = (input: unknown) => {
  const { error } = backToSource.safeParse(input);
  return error === undefined ? undefined : issueText(error);
};

const template = (change: object) => ({
  kind: "template",
  url: "https://tickets.example/ack",
  ...change,
});

test("what is absent has its default", () => {
  expect(backToSource.parse({ kind: "alertmanager", url: "http://am:9093" })).toEqual({
    kind: "alertmanager",
    url: "http://am:9093",
    durationSeconds: 7200,
  });
  expect(backToSource.parse({ kind: "pagerduty", secret: "r" })).toMatchObject({
    url: "https://events.pagerduty.com",
  });
  expect(backToSource.parse({ kind: "oneuptime", secret: "k" })).toMatchObject({
    url: "https://oneuptime.com",
    resource: "incident",
  });
  expect(backToSource.parse(template({}))).toMatchObject({
    method: "POST",
    headers: {},
    body: { comment: "{{ comment }}" },
  });
});

test.each([
  [{}, "must be of kind alertmanager, grafana, pagerduty, oneuptime, template"],
  [{ kind: "opsgenie" }, "must be of kind"],
  [{ kind: "alertmanager" }, "url: must be an http or https address"],
  [{ kind: "alertmanager", url: "ftp://x" }, "url: must be an http or https address"],
  [{ kind: "alertmanager", url: "http://a:b@x" }, "must have no user name, password"],
  [{ kind: "alertmanager", url: "http://x?y=1" }, "must have no user name, password"],
  [{ kind: "alertmanager", url: "http://x", durationSeconds: 5 }, "durationSeconds"],
  [{ kind: "alertmanager", url: "http://x", matchLabels: [] }, "at least one label"],
  [{ kind: "alertmanager", url: "http://x", headers: {} }, 'there is no "headers"'],
  [{ kind: "grafana", url: "http://x" }, 'secret: is needed for the kind "grafana"'],
  [{ kind: "pagerduty" }, "secret"],
  [{ kind: "oneuptime", secret: "k", resource: "monitor" }, "resource"],
  [template({ url: "https://{{ labels.host }}/ack" }), "host has no placeholder"],
  [template({ url: "https://x.{{ labels.domain }}/ack" }), "host has no placeholder"],
  [template({ url: "https://user:pass@x/ack" }), "no user name or password"],
  [template({ url: "https://x/{{ number }}" }), "there is no such placeholder"],
  [template({ url: "https://x/{{ fingerprint" }), "belongs to no placeholder"],
  [template({ headers: { Host: "y" } }), "must not be one of: host"],
  [template({ headers: { "a b": "y" } }), "must be the name of a header"],
  [template({ body: { note: "{{ comments }}" } }), "there is no such placeholder"],
  [template({ body: { deep: [{ x: "{{ /a }}" }] } }), "must have no JSON pointer"],
  [
    template({ body: { x: "y".repeat(900), z: Array(20).fill("y".repeat(600)) } }),
    "10000 characters",
  ],
  [template({ method: "DELETE" }), "must be one of: POST, PUT, PATCH"],
])("what is wrong is refused with a word about it (%#)", (input, problem) => {
  expect(problemOf(input)).toContain(problem);
});

describe("a filled request", () => {
  const fill = (change: object, values: Record<string, string>) => {
    const { kind: _kind, ...settings } = backToSource.parse(template(change)) as Extract<
      ReturnType<typeof backToSource.parse>,
      { kind: "template" }
    >;
    return filledRequest(settings, values);
  };

  test.each(["..", ".", "\ud83d", "%2e%2e"])(
    "a value of %j stays in its part of the path",
    (value) => {
      const { url } = fill(
        { url: "https://x.example/a/{{ fingerprint }}/b" },
        { fingerprint: value },
      );
      expect(new URL(url).pathname).toMatch(/^\/a\/[^/]*\/b$/);
    },
  );

  test("a missing value has the words after |", () => {
    expect(fill({ body: { team: "{{ severity | none }}" } }, {}).body).toBe('{"team":"none"}');
  });
});

describe("a secret", () => {
  const before: BackToSource = {
    kind: "grafana",
    url: "https://grafana.example/a",
    secret: "glsa_x",
    durationSeconds: 60,
  };
  const { secret: _secret, ...change } = before;

  test("is kept by a change that does not name it, at the same host", () => {
    expect(changedBack(before, { ...change, durationSeconds: 90 })).toMatchObject({
      durationSeconds: 90,
      secret: "glsa_x",
    });
    expect(changedBack(before, { ...change, url: "https://GRAFANA.example/b" }).secret).toBe(
      "glsa_x",
    );
    expect(changedBack(before, { ...change, secret: "new" }).secret).toBe("new");
  });

  test.each([
    ["another host", { ...change, url: "https://evil.example/a" }],
    ["another port", { ...change, url: "https://grafana.example:8443/a" }],
    ["no encryption", { ...change, url: "http://grafana.example/a" }],
    ["another kind", { ...change, kind: "alertmanager" as const }],
  ])("is not sent to %s", (_, changed) => {
    expect(changedBack(before, changed).secret).toBeUndefined();
  });

  test("is not shown", () => {
    expect(shownBack(before)).toEqual({ ...change, hasSecret: true });
    expect(shownBack(change)).toEqual({ ...change, hasSecret: false });
  });
});
