import type { CallLogView } from "../../call/call-view.ts";
import { personHref } from "../../call/person-href.ts";

/** A page that a cell leads to. */
export interface CellPage {
  page: "person" | "incident";
  href: string;
  /** The person or incident as people know it. */
  value: string;
}

/** The pages of the person and the incident in a cell; none for a number that the key sees masked. */
export function cellPages({ toNumber, user, incident }: CallLogView, column: string): CellPage[] {
  switch (column) {
    case "to": {
      const href = personHref({ toNumber: toNumber ?? null, user: null });
      return href === undefined ? [] : [{ page: "person", href, value: toNumber ?? "" }];
    }
    case "user": {
      const href = personHref({ toNumber: null, user: user ?? null });
      const value = String(user?.name ?? user?.email ?? user?._id);
      return href === undefined ? [] : [{ page: "person", href, value }];
    }
    case "incident": {
      if (!incident) return [];
      const href = `/incidents/${encodeURIComponent(incident._id)}`;
      return [{ page: "incident", href, value: String(incident.title ?? incident._id) }];
    }
    default:
      return [];
  }
}
