import { trimmedText } from "@call-log/model";

/** Option: why something is paused; people who wait for calls read it. */
export const reason = trimmedText(200);
