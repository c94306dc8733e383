import type { Pricing } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Whether a price is final. */
const STATES: Readonly<Record<Pricing, () => string>> = {
  pending: () => tIn("pricing", "pending"),
  final: () => tIn("pricing", "final"),
  estimated: () => tIn("pricing", "estimated"),
  incomplete: () => tIn("pricing", "incomplete"),
};

/** Whether a price is final, in the active language. */
export function pricingName(pricing: Pricing): string {
  return STATES[pricing]();
}
