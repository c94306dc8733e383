import { NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { api, errorText } from "../api.ts";
import type { Session } from "./session.ts";

const INSTALLATION = "installation";

/** Where a person of several projects is; another choice loads the page again, since everything on it is about one. */
export default function ProjectSelect({ session: { project, projects } }: { session: Session }) {
  const { mutate, error, isPending } = useMutation({
    mutationFn: (id: string) =>
      api.sessions.chooseProject.mutate({ project: id === INSTALLATION ? null : id }),
    onSuccess: () => location.assign("/"),
  });
  return (
    <NativeSelect
      aria-label="Project"
      size="xs"
      maw={200}
      disabled={isPending}
      value={project?._id ?? INSTALLATION}
      onChange={(event) => mutate(event.currentTarget.value)}
      data={projects.map((one) => ({
        value: one?._id ?? INSTALLATION,
        label: one?.name ?? "Operator",
      }))}
      {...(error && { error: errorText(error) })}
    />
  );
}
