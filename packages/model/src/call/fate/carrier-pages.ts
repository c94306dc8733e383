import type { TodoName } from "./todo.ts";

/** What an error of a carrier asks for, and the page where it is done. */
interface CarrierAdvice {
  todo: TodoName;
  url?: string;
}

/** Pages of a carrier about calls, and what its errors ask for. */
export interface CarrierPages {
  /** Name of the carrier. */
  title: string;
  /** All calls in its console. */
  calls: string;
  /** One call in its console; absent where the carrier documents no address for it. */
  call?: (providerCallId: string) => string;
  /** Page about an error, where the code has one. */
  error?: (code: string) => string | undefined;
  /** What to do about an error, by its code. */
  advice: Readonly<Record<string, CarrierAdvice>>;
}

const GEO_PERMISSIONS = "https://console.twilio.com/us1/develop/voice/settings/geo-permissions";
const VERIFIED_NUMBERS = "https://console.twilio.com/us1/develop/phone-numbers/manage/verified";
const TWILIO_ACCOUNT = "https://console.twilio.com/";

const twilioPermission: CarrierAdvice = {
  todo: "carrier-allow-country",
  url: GEO_PERMISSIONS,
};
const twilioNumber: CarrierAdvice = { todo: "carrier-check-number" };
const twilioFrom: CarrierAdvice = {
  todo: "carrier-verify-from-number",
  url: VERIFIED_NUMBERS,
};
const twilioAccount: CarrierAdvice = {
  todo: "carrier-account-closed",
  url: TWILIO_ACCOUNT,
};
const twilioAddress: CarrierAdvice = {
  todo: "carrier-check-address",
};
/**
 * Pages of each carrier, by the kind of provider. Twilio's sources: https://www.twilio.com/docs/api/errors and its console; Telnyx's:
 * https://developers.telnyx.com/docs/voice/sip-trunking/troubleshooting/response-codes and its portal, which has no address of one call.
 */
export const CARRIER_PAGES: Readonly<Record<string, CarrierPages>> = {
  twilio: {
    title: "Twilio",
    calls: "https://console.twilio.com/us1/monitor/logs/calls",
    call: (id) => `https://www.twilio.com/console/voice/calls/logs/${encodeURIComponent(id)}`,
    error: (code) =>
      /^\d{5}$/.test(code) ? `https://www.twilio.com/docs/api/errors/${code}` : undefined,
    advice: {
      10001: twilioAccount,
      10002: {
        todo: "carrier-upgrade-trial",
        url: TWILIO_ACCOUNT,
      },
      10004: {
        todo: "carrier-too-many-calls",
      },
      13223: twilioNumber,
      13224: twilioNumber,
      13225: { todo: "carrier-blocks-number" },
      13226: twilioNumber,
      13227: twilioPermission,
      20003: {
        todo: "carrier-check-token",
        url: TWILIO_ACCOUNT,
      },
      20005: twilioAccount,
      20429: { todo: "carrier-too-many-requests" },
      21201: twilioNumber,
      21202: twilioNumber,
      21203: twilioPermission,
      21205: twilioAddress,
      21210: twilioFrom,
      21211: twilioNumber,
      21212: twilioFrom,
      21213: twilioFrom,
      21214: { todo: "carrier-cannot-reach" },
      21215: twilioPermission,
      21216: { todo: "carrier-blocks-number" },
      21217: twilioNumber,
      21219: {
        todo: "carrier-trial-verify",
        url: VERIFIED_NUMBERS,
      },
      21609: twilioAddress,
      21626: twilioAddress,
      32018: { todo: "shorten-text" },
      32205: twilioPermission,
      90010: twilioAccount,
    },
  },
  telnyx: {
    title: "Telnyx",
    calls: "https://portal.telnyx.com/#/app/debugging/detail-records-search",
    error: (code) =>
      /^D\d+$/.test(code)
        ? "https://developers.telnyx.com/docs/voice/sip-trunking/troubleshooting/response-codes"
        : /^\d{5}$/.test(code)
          ? "https://developers.telnyx.com/development/api-fundamentals/api-errors"
          : undefined,
    advice: {
      10009: {
        todo: "carrier-check-api-key",
        url: "https://portal.telnyx.com/#/app/api-keys",
      },
      10011: { todo: "carrier-too-many-requests" },
      10016: { todo: "carrier-check-number" },
    },
  },
};

/** Pages of the carrier of a provider account, such as `twilio-backup`; undefined for the simulated one. */
export function carrierPagesOf(provider: string | null | undefined): CarrierPages | undefined {
  const kind = (provider ?? "").split("-")[0] ?? "";
  return Object.hasOwn(CARRIER_PAGES, kind) ? CARRIER_PAGES[kind] : undefined;
}
