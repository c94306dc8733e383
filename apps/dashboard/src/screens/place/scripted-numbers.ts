import { t } from "../../language/translate.ts";

/** A choice of the simulated provider's numbers, with the names of their scripts; packages/provider/README.md has all. */
export const SCRIPTED_NUMBERS: readonly { number: string; script: string; what: string }[] = [
  { number: "+15550100100", script: "presses-4", what: t("A person answers and presses 4") },
  {
    number: "+15550100101",
    script: "presses-nothing",
    what: t("A person answers and presses nothing"),
  },
  { number: "+15550100103", script: "voicemail", what: t("A machine answers") },
  { number: "+15550100110", script: "busy", what: t("The line is busy") },
  {
    number: "+15550100116",
    script: "busy-then-4",
    what: t("Busy on the first try, then a person presses 4"),
  },
  { number: "+15550100111", script: "no-answer", what: t("Nobody answers") },
  { number: "+15550100112", script: "declined", what: t("The callee declines") },
  { number: "+15550100120", script: "bad-number", what: t("Not a number that can be called") },
  {
    number: "+15550100142",
    script: "timeout-without-call",
    what: t("The provider's answer is lost"),
  },
  { number: "+15550100151", script: "callbacks-swapped", what: t("Callbacks come out of order") },
];
