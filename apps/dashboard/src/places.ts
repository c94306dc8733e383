import type { Operation } from "@call-log/model";
import {
  type Icon,
  IconChartBar,
  IconCoin,
  IconHeartbeat,
  IconHistory,
  IconPhoneCall,
  IconPhonePlus,
  IconServer,
  IconSettings,
  IconWebhook,
} from "@tabler/icons-react";

import { t } from "./language/translate.ts";

/** A screen in the navigation. */
export interface Place {
  path: string;
  label: string;
  /** The operation that its key needs. */
  needs: Operation;
  icon: Icon;
  /** In the bar at the lower edge of a phone, not in its menu. */
  isInBar?: true;
}

/** The screens in the navigation. */
export const PLACES: readonly Place[] = [
  { path: "/", label: t("Calls"), needs: "read", icon: IconPhoneCall, isInBar: true },
  { path: "/figures", label: t("Figures"), needs: "read", icon: IconChartBar },
  { path: "/costs", label: t("Costs"), needs: "read", icon: IconCoin },
  { path: "/system", label: t("Health"), needs: "read", icon: IconHeartbeat, isInBar: true },
  {
    path: "/place",
    label: t("Place a call"),
    needs: "dispatch",
    icon: IconPhonePlus,
    isInBar: true,
  },
  { path: "/settings", label: t("Settings"), needs: "administer", icon: IconSettings },
  { path: "/audit", label: t("Audit"), needs: "administer", icon: IconHistory },
  { path: "/", label: t("Installation"), needs: "operate", icon: IconServer, isInBar: true },
  { path: "/audit", label: t("Audit"), needs: "operate", icon: IconHistory, isInBar: true },
  { path: "/webhooks", label: t("Webhooks"), needs: "operate", icon: IconWebhook, isInBar: true },
];
