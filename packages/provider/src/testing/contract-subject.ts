import type { EventStatus, RefusalClass } from "@call-log/model";

import type {
  CallbackKind,
  CallbackRequest,
  CallOrder,
  NumberStanding,
  Provider,
} from "../provider.ts";

/** A provider set up for one test, and what it takes to try it. */
export interface ProviderBench {
  provider: Provider;
  fromNumber: string;
  callbackUrls(attemptId: string): Record<CallbackKind, string>;
  /** Callbacks that came so far, oldest first. */
  received(): readonly CallbackRequest[];
  /** Lets a little of the provider's time go by: less than a call is queued or rings. */
  tick(): Promise<void>;
  /** What the call that was placed last says, for a provider that is commanded. */
  steps?: CallOrder["steps"];
  /** What the callee has heard so far, for a provider driven by commands; others get the text in the reply to a callback. */
  heard?(providerCallId: string): string;
  close(): Promise<void>;
}

/** Numbers to call at this provider for each case of the suite. */
interface ContractNumbers {
  /** A person answers and presses 4 when digits are gathered. */
  presses4: string;
  /** A person answers and presses #. */
  pressesHash: string;
  /** A person answers, presses *, and 4 when asked again. */
  starThen4: string;
  /** A person answers, presses nothing, and 4 when asked again. */
  silenceThen4: string;
  voicemail: string;
  busy: string;
  noAnswer: string;
  /** No call is created, for the reason of this class. */
  rejected: Record<Exclude<RefusalClass, "defect" | "text">, string>;
  /** The answer to "create call" is lost, but the call is placed. */
  unknownPlaced: readonly [string, ...string[]];
  /** The answer to "create call" is lost, and no call is placed. */
  unknownNotPlaced: readonly [string, ...string[]];
}

/** The provider that the suite is run on. */
export interface ContractSubject {
  name: string;
  numbers: ContractNumbers;
  /** Step of its times of creation. @defaultValue 1 */
  granularityMs?: number;
  /** Whether it says when a call was answered, when it is asked; callbacks tell it all the same. @defaultValue true */
  tellsAnsweredAt?: boolean;
  /** Endings that it tells when it is asked, where callbacks alone tell more. */
  endings?: { busy: EventStatus; noAnswer: EventStatus };
  /** States in which a call can be ended, as it tells them when asked, with what becomes of it. */
  endableStates?: readonly (readonly [EventStatus, EventStatus])[];
  /** Steps of an answered call that callbacks tell. */
  reportedSteps?: readonly EventStatus[];
  /** Whether the price comes by a callback alone. @defaultValue false */
  pricesByCallback?: true;
  /** Whether it places no call without callback addresses, since it could not speak. @defaultValue false */
  needsCallbacks?: true;
  /** Whether a signature covers the address. @defaultValue true */
  signsAddress?: false;
  /** Numbers of the account by what it has of them; absent for a provider that calls from any number. */
  accountNumbers?: Readonly<Record<string, NumberStanding>>;
  /** Whether it keeps a record of its reports. @defaultValue false */
  keepsRecord?: true;
  setUp: () => Promise<ProviderBench>;
}
