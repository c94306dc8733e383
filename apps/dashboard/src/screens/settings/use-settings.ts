import type { ProjectSettings } from "@call-log/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useState } from "react";

import { api } from "../../api.ts";
import { changedSettings, filledAfter, type SettingName } from "./changed-settings.ts";
import { PROJECT, type Project } from "./project.ts";

/** A setting that somebody else has changed since the form was filled. */
export interface StaleSetting {
  name: SettingName;
  /** What it is by now. */
  present: unknown;
  mine: unknown;
}

/** Saves what a form changes of the settings that it was filled with; what somebody else has changed meanwhile is shown, and not undone. */
export function useSettings(project: Project) {
  const [filled, setFilled] = useState<Partial<Project>>(project);
  const queries = useQueryClient();
  const { mutate, variables, error, isPending, isSuccess } = useMutation({
    mutationFn: async ({ wanted, over }: { wanted: ProjectSettings; over?: Partial<Project> }) => {
      const from = { ...filled, ...over };
      const change = changedSettings(wanted, from);
      if (change !== undefined)
        setFilled(filledAfter(from, change, await api.projects.update.mutate(change)));
    },
    onSuccess: async () => queries.invalidateQueries(),
  });
  const present = presentOf(error);
  return {
    error,
    isPending,
    isSuccess,
    save: (wanted: ProjectSettings) => mutate({ wanted }),
    stale: Object.entries(present ?? {}).map(([name, value]): StaleSetting => ({
      name: name as SettingName,
      present: value,
      mine: variables?.wanted[name as SettingName],
    })),
    /** Save it all the same, over what was shown as present. */
    saveOver: () =>
      variables && mutate({ wanted: variables.wanted, over: { ...variables.over, ...present } }),
    /** The project as it is now, for a form that is to be filled again. */
    readAgain: async () => queries.refetchQueries({ queryKey: PROJECT }),
  };
}

function presentOf(error: unknown): Partial<Project> | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data as { present?: Partial<Project> } | undefined)?.present;
}
