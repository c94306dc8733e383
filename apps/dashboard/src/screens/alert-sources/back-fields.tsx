import {
  Button,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";

import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { type BackDraft, type HeaderDraft, SECRET_LABELS } from "./back-draft.ts";
import type { ProblemAt } from "./field-problems.ts";

/** What a part of the form is given. */
interface Props {
  draft: BackDraft;
  change: (changes: Partial<BackDraft>) => void;
  /** What is wrong with a field of the settings, such as `url`. */
  problem: ProblemAt;
}

const ADDRESSES = {
  none: "",
  alertmanager: t("Of Alertmanager, without /api, such as {url}", {
    url: "http://alertmanager.internal:9093",
  }),
  grafana: t("Of Grafana, without /api, such as {url}", { url: "https://grafana.example" }),
  pagerduty: t("Empty: {url}. In Europe {europeanUrl}", {
    url: "https://events.pagerduty.com",
    europeanUrl: "https://events.eu.pagerduty.com",
  }),
  oneuptime: t("Empty: {url}", { url: "https://oneuptime.com" }),
  template: t("Placeholders may follow the host, such as {placeholder}", {
    placeholder: "{{ fingerprint }}",
  }),
} as const satisfies Record<BackDraft["kind"], string>;

/** Address of the program. */
export function UrlField({ draft, change, problem }: Props) {
  return (
    <TextInput
      label={t("Address")}
      description={ADDRESSES[draft.kind]}
      dir="ltr"
      value={draft.url}
      error={problem("url")}
      onChange={(event) => change({ url: event.currentTarget.value })}
    />
  );
}

/** What belongs to a silence. */
export function SilenceFields({ draft, change, problem }: Props) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t("Silenced for")}
          description={t("From the press of the key")}
          suffix={` ${t("minutes")}`}
          clampBehavior="none"
          value={draft.durationMinutes}
          error={problem("durationSeconds")}
          onChange={(durationMinutes) => change({ durationMinutes })}
        />
        {draft.kind === "alertmanager" && (
          <TextInput
            label={t("User name")}
            description={t("Of basic authentication. May be empty")}
            autoComplete="off"
            value={draft.userName}
            error={problem("userName")}
            onChange={(event) => change({ userName: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
      <TextInput
        label={t("Labels that the silence matches")}
        description={t("With commas, such as alertname, instance. Empty: all labels of the alert")}
        value={draft.matchLabels}
        error={problem("matchLabels")}
        onChange={(event) => change({ matchLabels: event.currentTarget.value })}
      />
    </>
  );
}

/** The credentials, which are never shown again. */
export function SecretField({ draft, change, problem, hasSecret }: Props & { hasSecret: boolean }) {
  const { kind } = draft;
  if (kind === "none") return null;
  return (
    <PasswordInput
      label={SECRET_LABELS[kind]}
      description={
        hasSecret
          ? t("One is saved. Empty: it stays, unless the host changes")
          : t("It is saved, and not shown again")
      }
      autoComplete="new-password"
      value={draft.secret}
      error={problem("secret")}
      onChange={(event) => change({ secret: event.currentTarget.value })}
    />
  );
}

/** The request of a template. */
export function RequestFields({ draft, change, problem }: Props) {
  const { headers } = draft;
  const id = Math.max(-1, ...headers.map((header) => header.id)) + 1;
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t("Method")}
        value={draft.method}
        data={["POST", "PUT", "PATCH"]}
        onChange={(event) => change({ method: event.currentTarget.value as BackDraft["method"] })}
      />
      {headers.map((header, index) => (
        <HeaderLine
          key={header.id}
          {...{ header, nth: index + 1, problem }}
          onChange={(changed) =>
            change({ headers: headers.map((one) => (one.id === changed.id ? changed : one)) })
          }
          onRemove={() => change({ headers: headers.filter((one) => one.id !== header.id) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => change({ headers: [...headers, { id, name: "", value: "" }] })}
        >
          {t("Add a header")}
        </Button>
      </Group>
      <Textarea
        label={t("JSON body")}
        autosize
        dir="ltr"
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={draft.body}
        error={problem("body")}
        onChange={(event) => change({ body: event.currentTarget.value })}
      />
      <Text size="sm">
        <Trans
          text="Placeholders: {names}. Each is written as <example/>."
          values={{ names: PLACEHOLDERS }}
          parts={{ example: <span dir="ltr">{"{{ fingerprint }}"}</span> }}
        />
      </Text>
    </Stack>
  );
}

/** Names that a body may hold, as the API spells them. */
const PLACEHOLDERS =
  "fingerprint, title, severity, startsAt, url, source, labels.<name>, by, digits, acknowledgedAt, callLogId, comment, secret";

interface HeaderProps extends Pick<Props, "problem"> {
  header: HeaderDraft;
  nth: number;
  onChange: (changed: HeaderDraft) => void;
  onRemove: () => void;
}

function HeaderLine({ header, nth, problem, onChange, onRemove }: HeaderProps) {
  return (
    <Group align="start" gap="xs" role="group" aria-label={t("Header {nth}", { nth })}>
      <TextInput
        label={t("Header {nth}", { nth })}
        placeholder="authorization"
        flex="1 1 140px"
        value={header.name}
        error={problem(`headers.${header.name.trim()}`)}
        onChange={(event) => onChange({ ...header, name: event.currentTarget.value })}
      />
      <TextInput
        label={t("Value of header {nth}", { nth })}
        placeholder="Bearer {{ secret }}"
        flex="2 1 200px"
        value={header.value}
        onChange={(event) => onChange({ ...header, value: event.currentTarget.value })}
      />
      <Stack pt={26}>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          {t("Remove header {nth}", { nth })}
        </Button>
      </Stack>
    </Group>
  );
}
