import type { PlaceResult } from "../../provider.ts";
import type { Course } from "./call-course.ts";

type Rejected = Extract<PlaceResult, { kind: "rejected" }>;
type Unknown = Extract<PlaceResult, { kind: "unknown" }>;

/** How the carrier answers "create call", and what happens in the call where one is placed. */
export type ScriptedTry = {
  /** Carrier's seconds that the answer takes. */
  afterSeconds: number;
} & (
  | { answer: { kind: "accepted" } | Unknown; course: Course }
  | { answer: Rejected | Unknown; course?: never }
);

/** What the carrier does with a number. */
export interface Script {
  name: string;
  description: string;
  /** One per try of the same call log to call the number; the last one stands for all further tries. */
  tries: readonly [ScriptedTry, ...ScriptedTry[]];
}
