import { expect, test } from "vitest";

import { blocksOf } from "../markdown.ts";
import { missingOutput, pageScript, shownOutput } from "./page-script.ts";

const PAGE = `
\`\`\`sh
echo one
\`\`\`

\`\`\`sh needs-a-carrier
call-log dispatch
\`\`\`

\`\`\`ts
export const unused = 1;
\`\`\`

\`\`\`ts
console.log("call 7 is over");
\`\`\`

\`\`\`text output
one
call … is over
\`\`\`
`;

test("a script has the shell blocks without a note, and the programs that show an output", () => {
  const { script, files } = pageScript(blocksOf(PAGE), "/folder");
  expect(script).toBe("echo one\nnode /folder/program-3.mts\n");
  expect(files).toEqual({ "program-3.mts": 'console.log("call 7 is over");\n' });
});

test("shown lines have to be in the output, in their order", () => {
  const shown = shownOutput(blocksOf(PAGE));
  expect(missingOutput(shown, "one\nmore\ncall 7 is over\n")).toEqual([]);
  expect(missingOutput(shown, "call 7 is over\none\n")).toEqual(["call .* is over"]);
  expect(missingOutput(shown, "")).toHaveLength(2);
});
