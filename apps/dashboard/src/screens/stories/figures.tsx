import { Text } from "@mantine/core";
import type { ReactNode } from "react";

import "./stories.css";

/** Figures with their names, in a grid. */
export function Figures({
  figures,
}: {
  figures: readonly (readonly [name: string, value: ReactNode])[];
}) {
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm">
            {name}
          </Text>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
