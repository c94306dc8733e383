import path from "node:path";

import { freePort } from "@call-log/runtime";
import { startFakeTelnyx, startFakeTwilio } from "@call-log/testing";

import { PROXIES, startProxy } from "./proxy-process.ts";
import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

/** Key of the owner of both installations. */
export const KEY = "bootstrap-key-of-the-test";

/** Number that every call is from. */
export const FROM_NUMBER = "+15558880001";

/** Origins of the proxy's sites and of what is behind them. */
export interface Addresses {
  /** The public site: callbacks alone. */
  hooks: string;
  /** The site for people and programs. */
  calls: string;
  /** The proxy with its defaults, and another Host; under `/voice` the other installation. */
  plain: string;
  /** call-log itself. It believes the proxy; its PUBLIC_URL is `hooks`. */
  api: string;
  /** Another, which believes no proxy; its PUBLIC_URL is `/voice` at `plain`. */
  prefixed: string;
}

/** Fakes of both carriers, two installations, and a proxy in front of both. */
export async function startBehind(name: keyof typeof PROXIES) {
  const closers: (() => PromiseLike<unknown>)[] = [];
  const close = async () => {
    for (const one of closers.toReversed()) await one();
  };
  const folder = await freshFolder();
  closers.push(() => folder[Symbol.asyncDispose]());
  const [port, plain, api, prefixed] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const addresses: Addresses = {
    hooks: `https://localhost:${port}`,
    calls: `https://calls.example.com:${port}`,
    plain: `https://localhost:${plain}`,
    api: `http://127.0.0.1:${api}`,
    prefixed: `http://127.0.0.1:${prefixed}`,
  };
  const carriers = await startCarriers(closers);
  const start = async (own: Record<string, string>) => {
    const product = startProcess(path.join(folder.path, own["PORT"]!), {
      ...carriers.settings,
      ...own,
    });
    closers.push(() => product[Symbol.asyncDispose]());
    await product.ready();
  };
  try {
    await Promise.all([
      start({ PORT: `${api}`, PUBLIC_URL: addresses.hooks, TRUST_PROXY: "127.0.0.1" }),
      start({ PORT: `${prefixed}`, PUBLIC_URL: `${addresses.plain}/voice` }),
    ]);
    const place = { folder: path.join(folder.path, "proxy"), port, plain, api, prefixed };
    const proxy = await startProxy(PROXIES[name], place);
    closers.push(() => proxy[Symbol.asyncDispose]());
  } catch (error) {
    await close();
    throw error;
  }
  return { addresses, close };
}

async function startCarriers(closers: (() => PromiseLike<unknown>)[]) {
  const twilio = await startFakeTwilio({ speed: 20 });
  closers.push(() => twilio.close());
  const telnyx = await startFakeTelnyx({ speed: 20 });
  closers.push(() => telnyx.close());
  const settings = {
    ...COMPRESSED_TIME,
    // Nothing but callbacks says how a call goes.
    POLL_AFTER_SECONDS: "3600",
    BOOTSTRAP_API_KEY: KEY,
    CALLEE_LIMITS: "off",
    PROVIDER_CALLS_PER_SECOND: "100",
    FAILED_KEYS_PER_MINUTE: "2",
    PROVIDER: "twilio,telnyx",
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_FROM_NUMBER: FROM_NUMBER,
    TELNYX_API_KEY: telnyx.apiKey,
    TELNYX_PUBLIC_KEY: telnyx.publicKey,
    TELNYX_CONNECTION_ID: telnyx.connectionId,
    TELNYX_API_BASE_URL: telnyx.url,
    TELNYX_FROM_NUMBER: FROM_NUMBER,
  };
  return { settings };
}
