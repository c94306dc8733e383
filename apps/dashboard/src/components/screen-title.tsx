import { Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

import { pageTitle } from "./page-title.ts";

/** Words of the heading; `tab` is the title of the browser's tab, where that says more: "Reached: Anna". */
type Props = { children: string; tab?: string } | { children: ReactNode; tab: string };

/** The one heading of level 1 on a screen; names the browser's tab, too. */
export function ScreenTitle({ children, tab }: Props) {
  const words = tab ?? (typeof children === "string" ? children : "");
  useEffect(() => {
    document.title = pageTitle(words);
  }, [words]);
  return <Title order={1}>{children}</Title>;
}
