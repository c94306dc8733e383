import { channel } from "node:diagnostics_channel";

/** The kinds of feature that clients ask for. */
export type FeatureKind =
  | "accumulator"
  | "command"
  | "expression"
  | "filter"
  | "index option"
  | "option"
  | "path"
  | "projection"
  | "stage"
  | "update";

/** Name of the diagnostics channel that gets `kind name` for each feature that a client asks for, supported or not. */
export const FEATURE_CHANNEL = "embedded-mongo:feature";

const uses = channel(FEATURE_CHANNEL);

/** Publishes that a client asks for a feature; costs nothing while nobody listens. */
export function noteUse(kind: FeatureKind, name: string): void {
  if (uses.hasSubscribers) uses.publish(featureName(kind, name));
}

/** The features of one kind, as they are published. */
export function features(kind: FeatureKind, names: Iterable<string>): string[] {
  return Array.from(names, (name) => featureName(kind, name));
}

function featureName(kind: FeatureKind, name: string): string {
  return `${kind} ${name}`;
}
