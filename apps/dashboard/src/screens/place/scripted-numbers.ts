/** A choice of the simulated provider's numbers; packages/provider/README.md has all. */
export const SCRIPTED_NUMBERS: readonly { number: string; what: string }[] = [
  { number: "+15550100100", what: "A person answers and presses 4" },
  { number: "+15550100101", what: "A person answers and presses nothing" },
  { number: "+15550100103", what: "A machine answers" },
  { number: "+15550100110", what: "The line is busy" },
  { number: "+15550100116", what: "Busy on the first try, then a person presses 4" },
  { number: "+15550100111", what: "Nobody answers" },
  { number: "+15550100112", what: "The callee declines" },
  { number: "+15550100120", what: "Not a number that can be called" },
  { number: "+15550100142", what: "The provider's answer is lost" },
  { number: "+15550100151", what: "Callbacks come out of order" },
];
