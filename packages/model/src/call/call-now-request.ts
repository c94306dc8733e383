import { z } from "zod";

import { trimmedText } from "../value/short-text.ts";

/** Why a call that waits is to be made now, in words for whoever reads its timeline. */
export const callNowRequest = z
  .strictObject({ reason: trimmedText(200).meta({ description: "Why it can't wait" }) })
  .meta({ id: "CallNow", title: "Reason to call now" });
