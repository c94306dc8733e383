import type { NumberStanding } from "../provider.ts";
import { dataOf, succeeded, type TelnyxHttp } from "./telnyx-http.ts";

/** Numbers that are looked through: the filter also finds longer numbers that contain this one. */
const PAGE_SIZE = 50;

/**
 * What an account at Telnyx has of a number: one that it owns (https://developers.telnyx.com/api-reference/phone-number-configurations/list-phone-numbers),
 * or one that it has verified (https://developers.telnyx.com/api-reference/verified-numbers/retrieve-a-verified-number).
 */
export async function checkNumber(http: TelnyxHttp, number: string): Promise<NumberStanding> {
  const status = await ownedStatus(http, number);
  if (status === "active") return "owned";
  const answer = await http(`/verified_numbers/${encodeURIComponent(number)}`);
  if (answer.status !== 404 && isVerified(dataOf(succeeded(answer)))) return "verified";
  return status === undefined ? "absent" : "inactive";
}

// The filter takes digits alone: with a plus it finds nothing.
async function ownedStatus(http: TelnyxHttp, number: string): Promise<unknown> {
  const digits = number.replace("+", "");
  const filter = `filter[phone_number]=${digits}&page[size]=${PAGE_SIZE}`;
  const listed = dataOf(succeeded(await http(`/phone_numbers?${filter}`)));
  if (!Array.isArray(listed)) throw new Error("Telnyx's list of numbers is not readable");
  const owned = (listed as { phone_number?: unknown; status?: unknown }[]).find(
    (one) => one.phone_number === number,
  );
  return owned?.status;
}

function isVerified(data: unknown): boolean {
  const { verified_at: at } = (data ?? {}) as { verified_at?: unknown };
  return typeof at === "string" && at !== "";
}
