import { SPOKEN_NAMES } from "@call-log/model";
import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useRef } from "react";

import { Panel } from "../../components/panel.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import type { FieldsProps } from "./fields-props.ts";

/** Placeholders that a text may have, as the buttons insert them. */
const PLACEHOLDERS = [
  ...SPOKEN_NAMES.names.map((name) => `{{ ${name} }}`),
  "{{ labels.team | nobody }}",
  "{{ annotations.summary }}",
];

type TextName = "text" | "groupText";

/** What is said about one alert and about several, in which language and voice. */
export function SpokenFields({ draft, change, problem }: FieldsProps) {
  const last = useRef<TextName>("text");
  const fields = useRef<Partial<Record<TextName, HTMLTextAreaElement | null>>>({});
  const template = (name: TextName) => ({
    autosize: true,
    dir: "auto" as const,
    value: draft[name],
    error: problem(`rule.${name}`),
    ref: (element: HTMLTextAreaElement | null) => {
      fields.current[name] = element;
    },
    onFocus: () => {
      last.current = name;
    },
    onChange: (event: React.ChangeEvent<HTMLTextAreaElement>) =>
      change({ [name]: event.currentTarget.value }),
  });
  const insert = (placeholder: string) => {
    const name = last.current;
    const { selectionStart, selectionEnd } = fields.current[name] ?? {};
    const text = draft[name];
    const [from, to] = [selectionStart ?? text.length, selectionEnd ?? text.length];
    change({ [name]: text.slice(0, from) + placeholder + text.slice(to) });
  };
  return (
    <Panel title={t("What is said")}>
      <Textarea label={t("About one alert")} withAsterisk {...template("text")} />
      <Textarea
        label={t("About several alerts in one call")}
        withAsterisk
        {...template("groupText")}
      />
      <Placeholders onInsert={insert} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("Language")}
          description={t("Such as de-DE. Empty: that of the provider")}
          value={draft.language}
          error={problem("rule.language")}
          onChange={(event) => change({ language: event.currentTarget.value })}
        />
        <TextInput
          label={t("Voice")}
          description={t("By the provider's name. May be empty")}
          value={draft.voice}
          error={problem("rule.voice")}
          onChange={(event) => change({ voice: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Panel>
  );
}

function Placeholders({ onInsert }: { onInsert: (placeholder: string) => void }) {
  return (
    <Stack gap={4} role="group" aria-label={t("Placeholders")}>
      <Text size="sm">
        <Trans
          text="Placeholders stand for values of the alert. Words after {bar} stand for a missing value, and <pointer/> for a value of the notification by its JSON pointer. Insert one into the text that was edited last:"
          values={{ bar: "|" }}
          parts={{ pointer: <span dir="ltr">{"{{ /a/b }}"}</span> }}
        />
      </Text>
      <Group gap={6}>
        {PLACEHOLDERS.map((placeholder) => (
          <Button
            key={placeholder}
            variant="default"
            size="compact-xs"
            aria-label={t("Insert {placeholder}", { placeholder })}
            onClick={() => onInsert(placeholder)}
          >
            <span dir="ltr">{placeholder}</span>
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
