import type { SpokenStep } from "@call-log/model";
import fc from "fast-check";

/** Any text that JavaScript has: half characters, controls and escape sequences among it. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\u001b[31m",
        "\u009b",
        "]]>",
        "<!--",
        "&#x0;",
        "<say>",
        "\r\n",
        "\r",
        "\ud83d",
      ),
    ),
  )
  .map((parts) => parts.join(""));

const branch = fc.record({ say: anyText, acknowledge: fc.constant(true) });

/** Steps as an old record may hold them: every text of every kind of step is any text. */
export const anySteps: fc.Arbitrary<SpokenStep[]> = fc.array(
  fc.oneof(
    fc.record({ say: anyText }),
    fc.record({ pause: fc.integer({ min: 1, max: 60 }) }),
    fc.record({
      play: anyText.map((text) => `https://sounds.example/${text}`),
    }),
    fc.record({
      gather: fc.record({
        say: anyText,
        digits: fc.constant(1),
        timeoutSeconds: fc.constant(5),
        on: fc.record({ "4": branch }),
        otherwise: fc.record({ say: anyText }),
      }),
    }),
  ),
  { minLength: 1, maxLength: 5 },
);
