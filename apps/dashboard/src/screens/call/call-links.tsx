import { carrierPagesOf, consoleOf } from "@call-log/model";
import { Anchor, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";

import type { CallLogView } from "../../call/call-view.ts";
import { personHref } from "../../call/person-href.ts";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { statusName } from "../../words/status-words.ts";
import { useCalledAgain } from "./use-called-again.ts";
import { OutsideLink } from "./where-to-act.tsx";

/** Where a call leads: the calls before and after it, the person, the incident, and the carrier's console. */
export function CallLinks({ call }: { call: CallLogView }) {
  const again = useCalledAgain(call);
  const { retryOf, incident, user, toNumber } = call;
  const person = personHref(call);
  const links: ReactNode[] = [
    retryOf && <To href={`/calls/${retryOf}`}>{t("The call that this one calls again")}</To>,
    again && (
      <To href={`/calls/${again._id}`}>
        {t("The call made again: {status}", { status: statusName(again.status) })}
      </To>
    ),
    person && (
      <To href={person}>{t("The person: {name}", { name: nameOf(user) ?? toNumber ?? "" })}</To>
    ),
    incident && (
      <To href={`/incidents/${encodeURIComponent(incident._id)}`}>
        {t("The incident: {title}", { title: incident.title ?? incident._id })}
      </To>
    ),
    ...consoles(call),
  ].filter(Boolean);
  if (links.length === 0) return null;
  return (
    <Panel title={t("Leads to")}>
      <Stack gap={6}>
        {links.map((link, index) => (
          <div key={index} style={{ overflowWrap: "anywhere" }}>
            {link}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

function consoles({ attempts }: CallLogView): ReactNode[] {
  const made = (attempts ?? []).filter(({ claimedAt }) => claimedAt !== undefined);
  return made.flatMap(({ number, provider, providerCallId }) => {
    const pages = carrierPagesOf(provider);
    const url = consoleOf(pages, providerCallId);
    if (pages === undefined || url === undefined) return [];
    const carrier = pages.title;
    return [
      <OutsideLink href={url}>
        {made.length > 1
          ? t("Attempt {number} in the console of {carrier}", { number, carrier })
          : t("This call in the console of {carrier}", { carrier })}
      </OutsideLink>,
    ];
  });
}

function nameOf(user: CallLogView["user"]): string | undefined {
  const name = user?.name ?? user?.email;
  return name ? String(name) : undefined;
}

function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} underline="always">
      {children}
    </Anchor>
  );
}
