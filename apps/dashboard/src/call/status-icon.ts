import type { CallStatus } from "@call-log/model";
import {
  IconBan,
  IconBellRinging,
  IconCheck,
  IconClock,
  IconClockX,
  IconCoinOff,
  IconDownload,
  IconExclamationCircle,
  IconHelp,
  IconHourglass,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPhonePause,
  IconUserX,
} from "@tabler/icons-react";

/** The icon of every status, each of its own. */
const STATUS_ICONS: Readonly<Record<CallStatus, typeof IconCheck>> = {
  Scheduled: IconClock,
  Queued: IconHourglass,
  Dialing: IconPhoneOutgoing,
  Ringing: IconBellRinging,
  "In Progress": IconPhoneCall,
  Unknown: IconHelp,
  Completed: IconCheck,
  "Not Reached": IconUserX,
  Busy: IconPhonePause,
  "No Answer": IconPhoneOff,
  Failed: IconExclamationCircle,
  Canceled: IconBan,
  Expired: IconClockX,
  "Low Balance": IconCoinOff,
};

/** The icon of a status; imported ones share one. */
export function iconOf(status: string): typeof IconCheck {
  return Object.hasOwn(STATUS_ICONS, status) ? STATUS_ICONS[status as CallStatus] : IconDownload;
}
