import type RequestClient from "twilio/lib/base/RequestClient.js";
import Twilio from "twilio/lib/rest/Twilio.js";

import { accountPrefix } from "../account-name.ts";
import type { Provider } from "../provider.ts";
import type { TwilioSettings } from "./twilio-settings.ts";

type Checked = Awaited<ReturnType<Provider["check"]>>;

/** How an account is signed in to. */
export interface TwilioClients {
  /** For calls: by the API key where there is one, else by the token. */
  calls: Twilio;
  /** By the token. An API key of Twilio's standard kind may not read the account itself (https://www.twilio.com/docs/iam/api-keys). */
  owner: Twilio;
  hasKey: boolean;
}

/** The clients of an account. */
export function twilioClients(
  { ACCOUNT_SID, AUTH_TOKEN, API_KEY_SID, API_KEY_SECRET }: TwilioSettings,
  httpClient: RequestClient,
): TwilioClients {
  const owner = new Twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient });
  if (API_KEY_SID === undefined || API_KEY_SECRET === undefined)
    return { calls: owner, owner, hasKey: false };
  const options = { httpClient, accountSid: ACCOUNT_SID };
  return { calls: new Twilio(API_KEY_SID, API_KEY_SECRET, options), owner, hasKey: true };
}

/**
 * Whether the account is active and takes its credentials. The token is checked beside an API key too: with a wrong one every callback would be
 * refused, since Twilio signs them with the token and with no key (https://www.twilio.com/docs/usage/security).
 */
export async function checkClients(clients: TwilioClients, name: string): Promise<Checked> {
  const prefix = accountPrefix(name);
  const { owner, calls, hasKey } = clients;
  const account = await ask(`${prefix}ACCOUNT_SID with ${prefix}AUTH_TOKEN`, async () => {
    const { status } = await owner.api.v2010.accounts(owner.accountSid).fetch();
    return status === "active" ? { ok: true } : { ok: false, reason: `the account is ${status}` };
  });
  if (!account.ok || !hasKey) return account;
  const key = `${prefix}API_KEY_SID with ${prefix}API_KEY_SECRET for calls of ${prefix}ACCOUNT_SID`;
  return ask(key, async () => {
    await calls.calls.page({ pageSize: 1 });
    return { ok: true };
  });
}

async function ask(credentials: string, request: () => Promise<Checked>): Promise<Checked> {
  try {
    return await request();
  } catch (error) {
    const { status } = (error ?? {}) as { status?: unknown };
    if (status !== 401 && status !== 403 && status !== 404) throw error;
    return { ok: false, reason: `Twilio refuses ${credentials}` };
  }
}
