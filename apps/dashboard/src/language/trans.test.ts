import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test } from "vitest";

import { Trans } from "./trans.tsx";
import { speak } from "./translate.ts";

afterEach(() => speak("en", {}));

const html = (props: Parameters<typeof Trans>[0]) =>
  renderToStaticMarkup(createElement(Trans, props));

test("elements are where the tags are", () => {
  const parts = { who: createElement("b", null, "Anna"), link: createElement("a") };
  expect(
    html({ text: "<who/> has <link>{count} calls</link>.", values: { count: 2 }, parts }),
  ).toBe("<b>Anna</b> has <a>2 calls</a>.");
});

test("a translation changes their order", () => {
  speak("de", { "Call <who/> at <when/>": "Um <when/> <who/> anrufen" });
  expect(html({ text: "Call <who/> at <when/>", parts: { who: "Anna", when: "03:13" } })).toBe(
    "Um 03:13 Anna anrufen",
  );
});

test("a value is never read as a tag", () => {
  const parts = { b: createElement("b", null, "injected") };
  expect(html({ text: "Hello {name}", values: { name: "<b/> & <b>x</b>" }, parts })).toBe(
    "Hello &lt;b/&gt; &amp; &lt;b&gt;x&lt;/b&gt;",
  );
});
