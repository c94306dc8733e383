import type { Outputs } from "../../../api.ts";
import { t } from "../../../language/translate.ts";

type Delivery = Pick<
  Outputs["webhooks"]["deliveries"]["list"]["data"][number],
  "kind" | "state" | "tries" | "tryCount"
>;

type Words = (values: Readonly<{ answer: string; tryCount: number }>) => string;

/** How a delivery of each kind stands. */
const WORDS: Readonly<Record<Delivery["kind"], Readonly<Record<Delivery["state"], Words>>>> = {
  webhook: {
    pending: ({ answer, tryCount }) =>
      tryCount === 0
        ? t("A webhook is being informed.")
        : t("A webhook is being informed; {tryCount} tries so far, the last: {answer}.", {
            answer,
            tryCount,
          }),
    delivered: ({ answer, tryCount }) =>
      tryCount > 1
        ? t("A webhook was informed on try {tryCount} ({answer}).", { answer, tryCount })
        : t("A webhook was informed ({answer}).", { answer }),
    failed: (values) =>
      t("A webhook could not be informed in {tryCount} tries, the last: {answer}.", values),
  },
  source: {
    pending: ({ answer, tryCount }) =>
      tryCount === 0
        ? t("The source of the alert is being informed.")
        : t(
            "The source of the alert is being informed; {tryCount} tries so far, the last: {answer}.",
            { answer, tryCount },
          ),
    delivered: ({ answer, tryCount }) =>
      tryCount > 1
        ? t("The source of the alert was informed on try {tryCount} ({answer}).", {
            answer,
            tryCount,
          })
        : t("The source of the alert was informed ({answer}).", { answer }),
    failed: (values) =>
      t(
        "The source of the alert could not be informed in {tryCount} tries, the last: {answer}.",
        values,
      ),
  },
};

/** How a webhook or the source of an alert was informed, in a sentence. */
export function deliverySentence({ kind, state, tries, tryCount }: Delivery): string {
  const { status, error } = tries.at(-1) ?? {};
  const answer = status === undefined ? (error ?? t("no answer")) : `HTTP ${status}`;
  return WORDS[kind][state]({ answer, tryCount });
}
