import { groupedPhoneNumber } from "@call-log/model";

/** Most numbers whose groups are remembered: more than a screen shows. */
const MOST_REMEMBERED = 2000;

const remembered = new Map<string, readonly string[]>();

/** A number in the groups in which its country writes it; a masked number, or other text, is one group. */
export function numberGroups(e164: string): readonly string[] {
  const known = remembered.get(e164);
  if (known !== undefined) return known;
  const groups = groupsOf(e164);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(e164, groups);
  return groups;
}

function groupsOf(e164: string): readonly string[] {
  const groups = groupedPhoneNumber(e164)?.split(/[\s-]+/) ?? [];
  // Joined, the groups must be the number itself, because that is what is copied.
  return groups.join("") === e164 ? groups : [e164];
}
