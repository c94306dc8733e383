import { PROPERTIES, type Selection, selectInput } from "@call-log/model";

const COLUMNS = { name: true, title: true, email: true, number: true };

/** Every property of a call log, related objects with all of their columns; but not the project, which is known. */
export const EVERY_PROPERTY: Selection = selectInput.parse(
  Object.fromEntries(
    Object.entries(PROPERTIES)
      .filter(([name]) => name !== "project")
      .map(([name, { kind }]) => [name, kind === "relation" ? COLUMNS : true]),
  ),
);
