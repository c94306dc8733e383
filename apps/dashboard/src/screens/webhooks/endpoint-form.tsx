import type { WebhookEventType } from "@call-log/model";
import { TextInput } from "@mantine/core";
import { useState } from "react";

import { ChoiceBoxes } from "../../components/choice-boxes.tsx";
import { DialogForm } from "../../components/dialog-form.tsx";
import { t } from "../../language/translate.ts";
import { eventTypeTitle } from "../../words/event-type-words.ts";
import { Secret } from "./secrets.tsx";
import { type Endpoint, useWebhooks, WEBHOOKS } from "./webhooks.ts";

interface Props {
  /** The endpoint to change; a new one without. */
  endpoint?: Endpoint;
  onDone: () => void;
}

/** Form of an endpoint: address, types of events, description. A new endpoint's secret is shown. */
export function EndpointForm({ endpoint, onDone }: Props) {
  const { webhooks, types } = useWebhooks();
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [events, setEvents] = useState<string[]>(endpoint?.events ?? [...types]);
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [made, setMade] = useState<string>();
  if (made !== undefined) return <Secret secret={made} onDone={onDone} />;
  const save = async () => {
    const words = description.trim();
    const input = { url, events: events as WebhookEventType[] };
    if (endpoint === undefined)
      return webhooks.create.mutate({ ...input, ...(words !== "" && { description: words }) });
    const id = endpoint._id;
    await webhooks.update.mutate({ id, ...input, description: words === "" ? null : words });
    return undefined;
  };
  return (
    <DialogForm
      submit={endpoint === undefined ? t("Create the endpoint") : t("Save the endpoint")}
      fields={["url", "events", "description"]}
      act={save}
      changes={WEBHOOKS}
      onDone={(created) => (created === undefined ? onDone() : setMade(created.secret))}
    >
      {(errorAt) => (
        <>
          <TextInput
            label={t("Address")}
            description={t("Events are posted there")}
            placeholder="https://hooks.example.com/calls"
            value={url}
            {...errorAt("url")}
            onChange={(event) => setUrl(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t("Description")}
            description={t("What it is for. May be empty")}
            value={description}
            {...errorAt("description")}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <ChoiceBoxes
            label={t("Events")}
            value={events}
            onChange={setEvents}
            choices={types.map((value) => ({
              value,
              title: eventTypeTitle(value),
              detail: value,
            }))}
            {...errorAt("events")}
          />
        </>
      )}
    </DialogForm>
  );
}
