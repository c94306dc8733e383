import type { FateEntry } from "./fate.ts";
import {
  ENDED_FATE,
  IMPORTED_FATE,
  UNDER_WAY_FATES,
  UNKNOWN_FATES,
  WAIT_FATES,
} from "./open-fates.ts";
import { OUTCOME_FATES } from "./outcome-fates.ts";
import { REFUSAL_FATES } from "./refusal-fates.ts";

type Of<Prefix extends string, Table> = {
  readonly [K in keyof Table & string as `${Prefix}.${K}`]: FateEntry;
};

/** Everything that can become of a call, by one name. */
export const FATES = {
  ...of("outcome", OUTCOME_FATES),
  ...of("refused", REFUSAL_FATES),
  ...of("waits", WAIT_FATES),
  ...of("under-way", UNDER_WAY_FATES),
  ...of("unknown", UNKNOWN_FATES),
  imported: IMPORTED_FATE,
  ended: ENDED_FATE,
};

/** Name of what can become of a call, such as `outcome.busy`. */
export type FateName = keyof typeof FATES;

/** Names of everything that can become of a call. */
export const FATE_NAMES = Object.keys(FATES) as [FateName, ...FateName[]];

function of<Prefix extends string, Table extends Readonly<Record<string, FateEntry>>>(
  prefix: Prefix,
  table: Table,
): Of<Prefix, Table> {
  const named = Object.entries(table).map(([name, entry]) => [`${prefix}.${name}`, entry]);
  return Object.fromEntries(named) as Of<Prefix, Table>;
}
