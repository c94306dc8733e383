import type { RefusalClass } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Why nothing was dialled, in a word. */
const NAMES: Readonly<Record<RefusalClass, () => string>> = {
  destination: () => tIn("error class", "destination"),
  permission: () => tIn("error class", "permission"),
  fromNumber: () => tIn("error class", "fromNumber"),
  account: () => tIn("error class", "account"),
  text: () => tIn("error class", "text"),
  throttled: () => tIn("error class", "throttled"),
  defect: () => tIn("error class", "defect"),
};

/** Why nothing was dialled, in a word of the active language; an older one stays as it is. */
export function errorClassName(name: string): string {
  return Object.hasOwn(NAMES, name) ? NAMES[name as RefusalClass]() : name;
}
