const MOMENT = String.raw`\d{4}-\d{2}-\d{2}T[\d:.]+Z`;

/** What a call's message says beside its reason. Times are ISO 8601. */
export type StoryNote =
  | { name: "tried"; count: number }
  | { name: "no-further" | "refused-for-a-day" | "alert-ended" | "canceled-running" | "deadline" }
  | { name: "waited"; reason: string }
  | { name: "learnt-late"; at: string; learntAt: string };

/** Each note by its form in a message. */
const FORMS: readonly [form: RegExp, note: (found: RegExpExecArray) => StoryNote][] = [
  [/^after (\d+) attempts$/, ([, count]) => ({ name: "tried", count: Number(count) })],
  [/^not tried again by its policy$/, () => ({ name: "no-further" })],
  [/^refused for 24 hours$/, () => ({ name: "refused-for-a-day" })],
  [/^its alert ended at the source$/, () => ({ name: "alert-ended" })],
  [/^canceled while the call was running$/, () => ({ name: "canceled-running" })],
  [/^the deadline ended the attempts$/, () => ({ name: "deadline" })],
  [/^it waited: (.+)$/, ([, reason]) => ({ name: "waited", reason: reason! })],
  [
    new RegExp(`^acknowledged at (${MOMENT}), learnt at (${MOMENT}) from the provider's record$`),
    ([, at, learntAt]) => ({ name: "learnt-late", at: at!, learntAt: learntAt! }),
  ],
];

/** What a call's message says beside its reason, in its order. */
export function notesOf(message: string): StoryNote[] {
  return message.split("; ").flatMap((part) =>
    FORMS.flatMap(([form, note]) => {
      const found = form.exec(part);
      return found === null ? [] : [note(found)];
    }),
  );
}
