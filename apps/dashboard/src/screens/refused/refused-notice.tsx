import { Alert, Anchor } from "@mantine/core";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";

/** Notice of refused queue requests with a link to them; empty if there are none. */
export function RefusedNotice({ open, oldestAt }: { open: number; oldestAt: string | undefined }) {
  if (open === 0) return null;
  const link = <Anchor component={Link} href="/refused" size="sm" underline="always" />;
  return (
    <Alert color="bad" variant="light" title={t("Requests from the queue were refused")}>
      {oldestAt === undefined ? (
        <Trans
          text="<link>{count, plural, one {# request} other {# requests}}</link>, for which nobody was called."
          values={{ count: open }}
          parts={{ link }}
        />
      ) : (
        <Trans
          text="<link>{count, plural, one {# request} other {# requests}}</link>, for which nobody was called; the oldest was refused <time/>."
          values={{ count: open }}
          parts={{ link, time: <Moment iso={oldestAt} /> }}
        />
      )}
    </Alert>
  );
}
