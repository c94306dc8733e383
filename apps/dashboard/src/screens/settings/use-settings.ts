import type { ProjectSettings } from "@call-log/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useState } from "react";

import { api } from "../../api.ts";
import { changedSettings, filledAfter, type SettingName } from "./changed-settings.ts";
import { PROJECT, type Project } from "./project.ts";

/** A setting that somebody else changed since the form was filled. */
export interface StaleSetting {
  name: SettingName;
  /** Its present value. */
  present: unknown;
  mine: unknown;
}

/** Saves the changes of a form; settings that somebody else changed meanwhile are shown and not overwritten. */
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
    /** Saves anyway, over the values shown as present. */
    saveOver: () =>
      variables && mutate({ wanted: variables.wanted, over: { ...variables.over, ...present } }),
    /** Reads the project again, to refill a form. */
    readAgain: async () => queries.refetchQueries({ queryKey: PROJECT }),
  };
}

function presentOf(error: unknown): Partial<Project> | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data as { present?: Partial<Project> } | undefined)?.present;
}
