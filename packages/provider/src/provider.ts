import type {
  AnsweredBy,
  RefusalClass,
  EventStatus,
  ProviderEvent,
  SpokenStep,
} from "@call-log/model";

/** What kinds of callback address a provider may be given. */
export const CALLBACK_KINDS = ["status", "gather", "amd"] as const;

/** Kind of a callback address: call status, digits pressed, answering-machine detection. */
export type CallbackKind = (typeof CALLBACK_KINDS)[number];

/** Everything a provider needs to place one attempt. */
export interface CallOrder {
  attemptId: string;
  /** E.164. */
  toNumber: string;
  /** E.164. */
  fromNumber: string;
  steps: readonly SpokenStep[];
  /** BCP 47. */
  language?: string;
  voice?: string;
  timeLimitSeconds?: number;
  ringTimeoutSeconds?: number;
  /** Ask the provider to tell a person from a machine. */
  detectMachine: boolean;
  /** Addresses to call back; absent when no public address is known, then the call is followed by polling. */
  callbackUrls?: Record<CallbackKind, string>;
}

/** What a call says, in which language and voice, and where its keys go. */
export type Speech = Pick<CallOrder, "steps" | "language" | "voice" | "callbackUrls">;

/** How much a provider takes to be said in one call, in its own units. */
export interface SpeechLimit {
  most: number;
  /** What is counted, as it stands after the number: `characters of TwiML`. */
  unit: string;
  /** How many units there are, as they would be sent. */
  measure(speech: Speech): number;
}

/**
 * What the provider's answer to "create call" means. A provider returns it; it throws only for its own defects: a `NothingSentError`
 * before the request left, which fails the call, anything else from then on, which leaves it unknown.
 */
export type PlaceResult =
  | { kind: "accepted"; providerCallId: string; status: EventStatus }
  | {
      /** Nothing was dialled, for certain. */
      kind: "rejected";
      errorClass: RefusalClass;
      errorCode?: string;
      errorMessage: string;
      /** Not before this many seconds, where the provider said so. */
      retryAfterSeconds?: number;
    }
  | {
      /** The call may or may not exist: time-out, reset after sending, 5xx, unreadable answer. */
      kind: "unknown";
      reason: string;
    };

/** A call as the provider knows it at this moment. */
export interface CallSnapshot {
  providerCallId: string;
  toNumber: string;
  fromNumber: string;
  createdAt: Date;
  status: EventStatus;
  /** Label of the attempt, where the provider keeps one. */
  attemptId?: string;
  answeredAt?: Date;
  endedAt?: Date;
  answeredBy?: AnsweredBy;
  /** Digits that were pressed, in order, each with its question and the number of its repetition by a key. */
  pressed?: readonly { digits: string; step?: number; sequence?: number }[];
  durationSeconds?: number;
  sipResponseCode?: number;
  errorCode?: string;
  errorMessage?: string;
  /** Decimal text as the provider gave it (a charge may be negative), and its currency; absent until known. */
  price?: { amount: string; currency: string };
}

/** An HTTP request to a callback address, as it came in. */
export interface CallbackRequest {
  kind: CallbackKind;
  attemptId: string;
  /** The address under the configured public base, never one made of forwarded headers. */
  url: string;
  /** By names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: Buffer;
}

/** What a callback means, and what to answer to it. */
export interface CallbackReading {
  events: ProviderEvent[];
  /** Makes the body for the provider, such as the spoken branch of a gather; undefined for none. */
  reply?: (speech: Speech) => { contentType: string; body: string } | undefined;
  /** Answered when the reply can't be made: something that the provider takes and that says nothing. */
  emptyReply?: { contentType: string; body: string };
  /**
   * The next command, for a provider driven step by step: run once the events are recorded. Rejects when it
   * could not be sent; the provider then repeats the callback, and a repeated command does nothing. A `NothingSentError`
   * says that it could not be made, so that repeating it is of no use.
   */
  command?: (steps: readonly SpokenStep[]) => Promise<void>;
}

/** A call that is over, as its record is looked for. */
export interface RecordedCall {
  attemptId: string;
  providerCallId: string;
  toNumber: string;
  /** Not after the call was asked for. */
  createdSince: Date;
  endedAt: Date;
}

/**
 * What an account has of a number that calls are to be made from. `owned` and `verified` may be called from; `no-voice` carries
 * messages alone, `inactive` is not in service yet or any more, and `absent` is neither bought nor verified there.
 */
export type NumberStanding = "owned" | "verified" | "no-voice" | "inactive" | "absent";

/** One account at one provider of phone calls. `provider.contract.ts` is the suite that each must pass. */
export interface Provider {
  /** Name in the record, such as `simulated` or `twilio`. */
  readonly name: string;
  /** True for one that calls nobody: how often a number is called is limited only where a project asks for it. */
  readonly isSimulated?: boolean;
  /** Number to call from for a project that has none of its own, E.164. */
  readonly defaultFromNumber?: string;
  /** Calls per second that the account may begin, where the provider's own rules set a limit. */
  readonly callsPerSecond?: number;
  /** Calls per second that the account's own setting allows; it goes before every other limit of the account. */
  readonly configuredCallsPerSecond?: number;
  /** How much may be said in one call; looked at when a request is accepted. Absent for one without a limit. */
  readonly speechLimit?: SpeechLimit;
  /** Place one call. Called at most once per attempt id, by the worker that holds the claim. */
  placeCall(order: CallOrder): Promise<PlaceResult>;
  /** Look one call up; undefined when the provider does not know it. Throws when the provider can't be asked. */
  fetchCall(providerCallId: string): Promise<CallSnapshot | undefined>;
  /** Calls between these numbers, or from any number, created at or after a time, for reconciliation. Throws when the provider can't be asked. */
  findCalls(search: {
    toNumber: string;
    fromNumber?: string;
    createdSince: Date;
  }): Promise<CallSnapshot[]>;
  /**
   * The attempt that a call was placed for, out of the provider's own log of requests, where the call itself does not show it.
   * Undefined while the log does not tell. Throws when the provider can't be asked.
   */
  findLabel?(providerCallId: string): Promise<string | undefined>;
  /**
   * The provider's own log of its callbacks for a call that is over: the events they reported or should have reported, oldest first, each
   * at its time. Undefined while the log does not have the call; absent for a provider without one. Throws when it can't be asked.
   */
  fetchRecord?(call: RecordedCall): Promise<ProviderEvent[] | undefined>;
  /** Cancel a call that is queued or ringing, or hang up one that is answered; its own answer is the state then. */
  endCall(providerCallId: string): Promise<CallSnapshot | undefined>;
  /** Check a callback's signature and read it; undefined when it is not genuine. */
  readCallback(request: CallbackRequest): CallbackReading | undefined;
  /**
   * Check credentials and standing of the account; the text says what is wrong. Its `ok: false` pauses an account that refused a
   * call, for every project, so it answers for the account alone. Throws when the provider can't be asked.
   */
  check(): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** What the account has of a number, E.164; absent for a provider that calls from any. Throws when the provider can't be asked. */
  checkNumber?(number: string): Promise<NumberStanding>;
  /** Stop timers and close files. */
  close(): Promise<void>;
}
