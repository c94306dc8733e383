import { SimpleGrid, Text, TextInput } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import type { FieldsProps } from "./fields-props.ts";
import { MAPPING_FIELDS, type MappingField } from "./source-draft.ts";

const FIELDS = {
  alerts: {
    label: "List of alerts",
    description: "Empty: the body is one alert, or a list of them",
  },
  title: { label: "Title", description: "A JSON pointer, or a text with {{ /pointers }}" },
  text: { label: "Text", description: "What it says beside its title" },
  fingerprint: {
    label: "Fingerprint",
    description: "Names the alert each time that it fires. Empty: its title and labels",
  },
  status: { label: "Status", description: "Whether it fires. Empty: every alert fires" },
  startsAt: { label: "Start", description: "ISO 8601, or seconds since 1970" },
  severity: { label: "Severity", description: "Such as /severity" },
  url: { label: "Page about it", description: "Such as /link" },
  labels: { label: "Labels", description: "An object whose values are labels" },
} as const satisfies Record<MappingField, { label: string; description: string }>;

/** How alerts are read from a body of any form. */
export function MappingFields({ draft, change, problem }: FieldsProps) {
  const { mapping } = draft;
  return (
    <Panel title="How the body is read">
      <Text size="sm">
        Each field is a JSON pointer such as <span dir="ltr">/alert/title</span>. Pointers start at
        the alert, but for that of the list. A dry run shows at once whether they fit your body.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {MAPPING_FIELDS.map((field) => (
          <TextInput
            key={field}
            {...FIELDS[field]}
            withAsterisk={field === "title"}
            value={mapping[field]}
            error={problem(`mapping.${field}`)}
            onChange={(event) =>
              change({ mapping: { ...mapping, [field]: event.currentTarget.value } })
            }
          />
        ))}
        <TextInput
          label="Over when the status is"
          description="With commas. Empty: resolved, ok, up, closed, recovered"
          value={draft.resolvedWhen}
          error={problem("mapping.resolvedWhen")}
          onChange={(event) => change({ resolvedWhen: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Panel>
  );
}
