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
  /** What to do about an error, by its code: the words, and the page where it is done. */
  advice: Readonly<Record<string, { text: string; url?: string }>>;
}

const GEO_PERMISSIONS = "https://console.twilio.com/us1/develop/voice/settings/geo-permissions";
const VERIFIED_NUMBERS = "https://console.twilio.com/us1/develop/phone-numbers/manage/verified";
const TWILIO_ACCOUNT = "https://console.twilio.com/";

const twilioPermission = {
  text: "Allow calls to this country in the geographic permissions of the account, then call again.",
  url: GEO_PERMISSIONS,
};
const twilioNumber = { text: "Check the number: the provider takes it for no valid number." };
const twilioFrom = {
  text: "Buy or verify the number to call from at the provider, or give the project another one.",
  url: VERIFIED_NUMBERS,
};
const twilioAccount = {
  text: "Check the account at the provider: it is suspended, closed or out of funds.",
  url: TWILIO_ACCOUNT,
};
const twilioAddress = {
  text: "Check PUBLIC_URL of this installation: the provider takes it for no valid address.",
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
        text: "Upgrade the trial account at the provider, then call again.",
        url: TWILIO_ACCOUNT,
      },
      10004: {
        text: "Too many calls run at a time. Ask the provider for more, or spread the calls.",
      },
      13223: twilioNumber,
      13224: twilioNumber,
      13225: { text: "The provider blocks calls to this number. Ask its support why." },
      13226: twilioNumber,
      13227: twilioPermission,
      20003: {
        text: "Check the account's id and its token in the settings of the worker.",
        url: TWILIO_ACCOUNT,
      },
      20005: twilioAccount,
      20429: { text: "Too many requests at a time. Lower the calls per second in the settings." },
      21201: twilioNumber,
      21202: twilioNumber,
      21203: twilioPermission,
      21205: twilioAddress,
      21210: twilioFrom,
      21211: twilioNumber,
      21212: twilioFrom,
      21213: twilioFrom,
      21214: { text: "The provider can't reach this number. Check it, or call another one." },
      21215: twilioPermission,
      21216: { text: "The provider blocks calls to this number. Ask its support why." },
      21217: twilioNumber,
      21219: {
        text: "A trial account calls verified numbers only: verify this one, or upgrade the account.",
        url: VERIFIED_NUMBERS,
      },
      21609: twilioAddress,
      21626: twilioAddress,
      32018: { text: "Place a new call with a shorter text." },
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
        text: "Check the API key in the settings of the worker.",
        url: "https://portal.telnyx.com/#/app/api-keys",
      },
      10011: { text: "Too many requests at a time. Lower the calls per second in the settings." },
      10016: { text: "Check the number: the provider takes it for no valid number." },
    },
  },
};

/** Pages of the carrier of a provider account, such as `twilio-backup`; undefined for the simulated one. */
export function carrierPagesOf(provider: string | null | undefined): CarrierPages | undefined {
  const kind = (provider ?? "").split("-")[0] ?? "";
  return Object.hasOwn(CARRIER_PAGES, kind) ? CARRIER_PAGES[kind] : undefined;
}
