import { useQuery } from "@tanstack/react-query";

import { api } from "../api.ts";
import { useSignedIn } from "./session-context.ts";

/** The time zone of the project's quiet hours, by its IANA name; undefined without one, and while it loads. */
export function useProjectZone(): string | undefined {
  const { project } = useSignedIn();
  const { data } = useQuery({
    queryKey: ["project"],
    queryFn: () => api.projects.get.query(),
    enabled: project !== null,
  });
  return data?.quietHours?.timeZone;
}
