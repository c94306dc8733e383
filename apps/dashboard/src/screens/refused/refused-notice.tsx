import { Alert, Anchor } from "@mantine/core";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";

/** Notice of refused queue requests with a link to them; empty if there are none. */
export function RefusedNotice({ open, oldestAt }: { open: number; oldestAt: string | undefined }) {
  if (open === 0) return null;
  return (
    <Alert color="red" variant="outline" title="Requests from the queue were refused">
      <Anchor component={Link} href="/refused" size="sm" underline="always">
        {open.toLocaleString("en")} {open === 1 ? "request" : "requests"}
      </Anchor>
      , for which nobody was called
      {oldestAt !== undefined && (
        <>
          ; the oldest was refused <Moment iso={oldestAt} />
        </>
      )}
      .
    </Alert>
  );
}
