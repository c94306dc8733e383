import type { ProjectSettings } from "@call-log/model";
import { Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { isRefused } from "../../connection/error-text.ts";
import { dayMinute } from "../../format/time.ts";
import { CallLinks } from "../calls/call-links.tsx";
import { changedSettings } from "./changed-settings.ts";
import { previewedRules, previewSentences } from "./preview-sentences.ts";
import type { Project } from "./project.ts";

/** After the last key, in milliseconds. */
const PAUSE_MS = 400;

/** What the settings in a form would have done with the calls of the last days; nothing while the form is as it was saved. */
export function SettingsPreview({
  wanted,
  project,
}: {
  wanted: ProjectSettings;
  project: Project;
}) {
  const { was: _was, ...changed } = changedSettings(wanted, project) ?? {};
  const [text] = useDebouncedValue(JSON.stringify(changed), PAUSE_MS);
  const settings = JSON.parse(text) as ProjectSettings;
  const rules = previewedRules(settings);
  const { data, error } = useQuery({
    queryKey: ["settings-preview", text],
    queryFn: ({ signal }) => api.projects.previewSettings.query({ settings }, { signal }),
    enabled: rules.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const hasChanged = Object.keys(changed).length > 0;
  // The field shows its error when the form is saved.
  if (!hasChanged || rules.length === 0 || data === undefined || isRefused(error)) return null;
  return (
    <Stack gap={4} role="status" data-preview>
      {previewSentences(data, { rules, since: dayMinute(data.since) }).map((sentence) => (
        <div key={sentence.text}>
          <Text size="sm">{sentence.text}</Text>
          <CallLinks ids={sentence.callLogIds} />
        </div>
      ))}
    </Stack>
  );
}
