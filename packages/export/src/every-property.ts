import { PROPERTIES, type Selection, selectInput } from "@call-log/model";

import { PROPERTY_COLUMNS } from "./export-column.ts";

const COLUMNS = { name: true, title: true, email: true, number: true };

/** Every property of a call log, related objects with all of their columns; but not the project, which is known. */
export const EVERY_PROPERTY: Selection = selectInput.parse(
  Object.fromEntries(
    PROPERTY_COLUMNS.map((name) => [name, PROPERTIES[name].kind === "relation" ? COLUMNS : true]),
  ),
);
