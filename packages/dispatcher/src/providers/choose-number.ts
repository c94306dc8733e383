import type { NumberRefusal } from "@call-log/store";

/** The number that a call is made from at a provider, or why there is none now. */
export type NumberChoice =
  | {
      kind: "open";
      fromNumber: string;
      /** It was refused before, and may be asked for again; by one call only. */
      refusal?: NumberRefusal;
    }
  | { kind: "refused"; reason: string };

/** Input of the choice. */
export interface NumberSituation {
  /** Numbers that the call may be made from, the best one first. E.164, at least one. */
  numbers: readonly [string, ...string[]];
  /** Numbers that the provider refuses to the project. */
  refusals: readonly NumberRefusal[];
  now: Date;
}

/** The first number that the provider has not refused, else the first that may be asked for again. */
export function chooseNumber({ numbers, refusals, now }: NumberSituation): NumberChoice {
  const refusalOf = (number: string) => refusals.find(({ fromNumber }) => fromNumber === number);
  const good = numbers.find((number) => refusalOf(number) === undefined);
  if (good !== undefined) return { kind: "open", fromNumber: good };
  const refused = numbers.flatMap((number) => refusalOf(number) ?? []);
  const due = refused.find(({ retryAt }) => retryAt <= now);
  if (due !== undefined) return { kind: "open", fromNumber: due.fromNumber, refusal: due };
  return { kind: "refused", reason: refused[0]?.reason ?? "the number is refused" };
}
