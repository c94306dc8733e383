import { z } from "zod";

import { trimmedText } from "../value/short-text.ts";

/** Why a waiting call is placed now; people read it in the call's timeline. */
export const callNowRequest = z
  .strictObject({ reason: trimmedText(200).meta({ description: "Why it can't wait" }) })
  .meta({ id: "CallNow", title: "Reason to call now" });
