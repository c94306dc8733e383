import type { Tool } from "../tool.ts";
import { cancelCall } from "./cancel-call.ts";
import { costs } from "./costs.ts";
import { explainCall } from "./explain-call.ts";
import { findCalls } from "./find-calls.ts";
import { health } from "./health.ts";
import { placeCall } from "./place-call.ts";
import { waitForCall } from "./wait-for-call.ts";

/** Every tool, in the order of the list. A new one is a file beside this and a line here. */
export const TOOLS: readonly Tool[] = [
  findCalls,
  explainCall,
  waitForCall,
  placeCall,
  cancelCall,
  costs,
  health,
];
