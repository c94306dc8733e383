import { Menu } from "@mantine/core";
import { Link } from "wouter";

import { Trans } from "../../language/trans.tsx";
import type { CellPage } from "./cell-pages.ts";

/** Items of a cell's menu that open the page of its person or incident. */
export function CellPageItems({ pages }: { pages: readonly CellPage[] }) {
  return pages.map(({ page, href, value }) => (
    <Menu.Item key={`${page}-${href}`} component={Link} href={href}>
      {page === "person" ? (
        <Trans text="Open the page of <who/>" parts={{ who: <bdi>{value}</bdi> }} />
      ) : (
        <Trans text="Open the incident <title/>" parts={{ title: <bdi>{value}</bdi> }} />
      )}
    </Menu.Item>
  ));
}
