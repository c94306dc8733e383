import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";

const VIEWS = ["views"] as const;

/** The views that the project shares, and how to share and delete one. Keys with masked access have none. */
export function useSharedViews() {
  const { may } = useSignedIn();
  const queries = useQueryClient();
  const onSuccess = () => void queries.invalidateQueries({ queryKey: VIEWS });
  const { data, error } = useQuery({
    queryKey: VIEWS,
    queryFn: ({ signal }) => api.views.list.query(undefined, { signal }),
    enabled: may.includes("see-numbers"),
  });
  const sharing = useMutation({
    mutationFn: (view: { name: string; query: string }) => api.views.create.mutate(view),
    onSuccess,
  });
  const removing = useMutation({
    mutationFn: (id: string) => api.views.delete.mutate({ id }),
    onSuccess,
  });
  return {
    views: data?.views ?? [],
    mayShare: may.includes("dispatch"),
    share: sharing.mutate,
    remove: removing.mutate,
    error: error ?? sharing.error ?? removing.error,
  };
}
