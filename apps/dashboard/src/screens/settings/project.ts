import type { ProjectSettings } from "@call-log/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api.ts";

/** Key of the project in the query cache. */
export const PROJECT = ["project"] as const;

/** The project as the server answers it. */
export type Project = Awaited<ReturnType<typeof api.projects.get.query>>;

/** Changes settings of the project; screens that show them are read again. */
export function useSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (settings: ProjectSettings) => api.projects.update.mutate(settings),
    onSuccess: async () => queries.invalidateQueries(),
  });
}

/** The words of a text that a person divides by commas, spaces or lines. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** The lines of a text, without those that are empty. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
