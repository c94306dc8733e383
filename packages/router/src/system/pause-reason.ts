import { trimmedText } from "@call-log/model";

/** Why something is paused; people read it as the reason why calls wait. */
export const pauseReason = trimmedText(200);
