import { WEBHOOK_EVENTS, type WebhookEventType } from "@call-log/model";
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { errorIn } from "../../connection/error-text.ts";
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
  const queries = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => {
      const words = description.trim();
      const input = { url, events: events as WebhookEventType[] };
      if (endpoint === undefined)
        return webhooks.create.mutate({ ...input, ...(words !== "" && { description: words }) });
      const id = endpoint._id;
      await webhooks.update.mutate({ id, ...input, description: words === "" ? null : words });
      return undefined;
    },
    onSuccess: async (created) => {
      await queries.invalidateQueries({ queryKey: WEBHOOKS });
      if (created === undefined) onDone();
    },
  });
  if (data !== undefined) return <Secret secret={data.secret} onDone={onDone} />;
  const isPlaced = errorIn(error, "url", "events", "description") !== undefined;
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      <TextInput
        label="Address"
        description="Events are posted there"
        placeholder="https://hooks.example.com/calls"
        value={url}
        error={errorIn(error, "url")}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Description"
        description="What it is for. May be empty"
        value={description}
        error={errorIn(error, "description")}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <EventTypes value={events} onChange={setEvents} problem={errorIn(error, "events")} />
      <ErrorAlert error={isPlaced ? null : error} />
      <Group justify="flex-end">
        <Button type="submit" loading={isPending}>
          {endpoint === undefined ? "Create the endpoint" : "Save the endpoint"}
        </Button>
      </Group>
    </Stack>
  );
}

interface TypesProps {
  value: string[];
  problem: string | undefined;
  onChange: (events: string[]) => void;
}

function EventTypes({ value, problem, onChange }: TypesProps) {
  const { types } = useWebhooks();
  return (
    <Checkbox.Group
      label="Events"
      value={value}
      onChange={onChange}
      {...(problem !== undefined && { error: problem })}
    >
      <Stack gap={6} mt={4}>
        {types.map((type) => (
          <Checkbox
            key={type}
            value={type}
            label={
              <>
                {WEBHOOK_EVENTS[type].title}{" "}
                <Text span size="sm" c="dimmed">
                  {type}
                </Text>
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
