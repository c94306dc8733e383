import { SimpleGrid, Text, TextInput } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import type { FieldsProps } from "./fields-props.ts";
import { MAPPING_FIELDS, type MappingField } from "./source-draft.ts";

const FIELDS = {
  alerts: {
    label: t("List of alerts"),
    description: t("Empty: the body is one alert, or a list of them"),
  },
  title: {
    label: t("Title"),
    description: t("A JSON pointer, or a text with {placeholder}", {
      placeholder: "{{ /pointers }}",
    }),
  },
  text: { label: t("Text"), description: t("What it says beside its title") },
  fingerprint: {
    label: t("Fingerprint"),
    description: t("Names the alert each time that it fires. Empty: its title and labels"),
  },
  status: { label: t("Status"), description: t("Whether it fires. Empty: every alert fires") },
  startsAt: { label: t("Start"), description: t("ISO 8601, or seconds since 1970") },
  severity: { label: t("Severity"), description: t("Such as /severity") },
  url: { label: t("Page about it"), description: t("Such as /link") },
  labels: { label: t("Labels"), description: t("An object whose values are labels") },
} as const satisfies Record<MappingField, { label: string; description: string }>;

/** How alerts are read from a body of any form. */
export function MappingFields({ draft, change, problem }: FieldsProps) {
  const { mapping } = draft;
  return (
    <Panel title={t("How the body is read")}>
      <Text size="sm">
        <Trans
          text="Each field is a JSON pointer such as <pointer/>. Pointers start at the alert, but for that of the list. A dry run shows at once whether they fit your body."
          parts={{ pointer: <span dir="ltr">/alert/title</span> }}
        />
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
          label={t("Over when the status is")}
          description={t("With commas. Empty: {names}", {
            names: "resolved, ok, up, closed, recovered",
          })}
          value={draft.resolvedWhen}
          error={problem("mapping.resolvedWhen")}
          onChange={(event) => change({ resolvedWhen: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Panel>
  );
}
