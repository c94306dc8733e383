import { expect, test } from "vitest";

import { NOT_TRANSLATED, PROGRAMS } from "./not-translated.ts";
import { plainTexts } from "./plain-texts.ts";
import { parsed, sourceFiles } from "./syntax.ts";

const found = sourceFiles()
  .filter(({ name }) => !PROGRAMS.includes(name))
  .map((file) => ({
    name: file.name,
    texts: plainTexts(file, NOT_TRANSLATED),
  }));

test("every text of the screen is in the catalogue", () => {
  const outside = found.flatMap(({ name, texts }) => texts.map((text) => `src/${name}:${text}`));
  expect(outside.join("\n")).toBe("");
});

test.each([
  ["<b>Stop</b>", ["1: Stop"]],
  ["<b>{isLate ? 'late' : t('soon')}</b>", ["1: late"]],
  ["<b>{count} calls</b>", ["1: calls"]],
  ["<input aria-label='number' className='big number' />", ["1: number"]],
  ["<input placeholder={`of ${name}`} />", ["1: of"]],
  ["<Trans text='By <who/>' parts={{ who: <b>nobody</b> }} />", ["1: nobody"]],
  ["const words = { a: 'Answered', b: 'not yet' };", ["1: Answered", "1: not yet"]],
  ["const words = { label: 'late' };", ["1: late"]],
  ["const text = `${count} calls are open`;", ["1: calls are open"]],
  ["const text = `${browser} on ${system}`;", ["1: on"]],
  ["t('{name} is open', { name: 'The call' });", ["1: The call"]],
  ["a.toLocaleString('en');", ["1: toLocaleString: take language/local-format.ts"]],
  ["const a = event.key === 'Enter'; throw new Error('no such thing');", []],
  ["import x from 'a b'; const c = 'kebab-case'; const d = t('Stop all');", []],
])("texts outside the catalogue: %s", (code, texts) => {
  expect(plainTexts(parsed("a.tsx", code))).toEqual(texts);
});
