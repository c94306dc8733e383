import type { CallAdvice, FatePlace, Operation } from "@call-log/model";
import { Anchor } from "@mantine/core";
import { Link } from "wouter";

import type { CallLogView } from "../../call/call-view.ts";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";

interface Screen {
  label: () => string;
  href: string;
  /** Who can do it there; others are not sent to where they can do nothing. */
  needs?: Operation;
}

/** Screens on which a person acts on a call; the other places are buttons of the call's own page, or its carrier's. */
const SCREENS: Readonly<Partial<Record<FatePlace, Screen>>> = {
  budget: { label: () => t("Budget in the settings"), href: "/settings", needs: "administer" },
  resume: { label: () => t("Resume in the settings"), href: "/settings", needs: "administer" },
  numbers: { label: () => t("Numbers in the settings"), href: "/settings", needs: "administer" },
  "do-not-call": { label: () => t("Do-not-call list"), href: "/settings", needs: "administer" },
  health: { label: () => t("Health"), href: "/system" },
  "new-call": { label: () => t("Place a new call"), href: "/place", needs: "dispatch" },
};

/** Links to where what is advised can be done. */
export function WhereToAct({ call, advice }: { call: CallLogView; advice: CallAdvice }) {
  const { place, url, errorUrl } = advice;
  const { may } = useSignedIn();
  const screen = screenOf(place, call);
  const isOpen = screen?.needs === undefined || may.includes(screen.needs);
  return (
    <>
      {screen && isOpen && (
        <Anchor component={Link} href={screen.href} underline="always">
          {screen.label()}
        </Anchor>
      )}
      {url && <OutsideLink href={url}>{t("The provider's console")}</OutsideLink>}{" "}
      {errorUrl && (
        <OutsideLink href={errorUrl}>{t("The provider's page about the error")}</OutsideLink>
      )}
    </>
  );
}

/** A link to a page of another site. */
export function OutsideLink({ href, children }: { href: string; children: string }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" underline="always">
      {children}
    </Anchor>
  );
}

function screenOf(place: FatePlace | undefined, { toNumber }: CallLogView): Screen | undefined {
  if (place === "do-not-call" && toNumber?.startsWith("+") && !toNumber.includes("•"))
    return { label: () => t("This person's page"), href: `/people/${toNumber}` };
  return place && SCREENS[place];
}
