/** An error answer of Twilio's API; codes as in https://www.twilio.com/docs/api/errors. */
export interface TwilioError {
  status: number;
  code: number;
  message: string;
}

/** The errors that the fake answers with. */
export const TWILIO_ERRORS = {
  authenticate: { status: 401, code: 20003, message: "Authenticate" },
  notActive: { status: 403, code: 20005, message: "Account not active" },
  notFound: { status: 404, code: 20404, message: "The requested resource was not found" },
  tooManyRequests: { status: 429, code: 20429, message: "Too many requests" },
  unavailable: { status: 503, code: 20503, message: "Service unavailable" },
  invalidTo: { status: 400, code: 21211, message: "Invalid 'To' Phone Number" },
  missingTo: { status: 400, code: 21201, message: "No 'To' number is specified" },
  geoPermission: {
    status: 400,
    code: 21215,
    message:
      "Account not authorized to call this number. Perhaps you need to enable some international permissions",
  },
  invalidFrom: {
    status: 400,
    code: 21210,
    message: "The source phone number provided is not yet verified for this account",
  },
  invalidUrl: { status: 400, code: 21205, message: "Url is not a valid URL" },
  twimlTooLong: { status: 400, code: 32018, message: "Twiml is longer than 4000 characters" },
  notInProgress: {
    status: 400,
    code: 21220,
    message: "Call is not in-progress. Cannot redirect.",
  },
} as const satisfies Record<string, TwilioError>;
