import type { Provider, Speech } from "./provider.ts";

/** Why a provider does not take so much to be said, in its own units; undefined when it does. */
export function speechRefusal(
  { name, speechLimit }: Pick<Provider, "name" | "speechLimit">,
  speech: Speech,
): string | undefined {
  if (speechLimit === undefined) return undefined;
  const { most, unit } = speechLimit;
  const count = speechLimit.measure(speech);
  return count > most
    ? `is too long for the provider ${name}: it makes ${count} ${unit}, and at most ${most} are allowed`
    : undefined;
}
