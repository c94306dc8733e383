import { NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { api } from "../api.ts";
import { errorText } from "../connection/error-text.ts";
import { t } from "../language/translate.ts";
import type { Session } from "./session.ts";

const INSTALLATION = "installation";

/** Menu of a person's projects; another choice reloads the page, because all data belongs to one project. */
export default function ProjectSelect({ session: { project, projects } }: { session: Session }) {
  const { mutate, error, isPending } = useMutation({
    mutationFn: (id: string) =>
      api.sessions.chooseProject.mutate({ project: id === INSTALLATION ? null : id }),
    onSuccess: () => location.assign("/"),
  });
  return (
    <NativeSelect
      aria-label={t("Project")}
      size="xs"
      maw={200}
      disabled={isPending}
      value={project?._id ?? INSTALLATION}
      onChange={(event) => mutate(event.currentTarget.value)}
      data={projects.map((one) => ({
        value: one?._id ?? INSTALLATION,
        label: one?.name ?? t("Operator"),
      }))}
      {...(error && { error: errorText(error) })}
    />
  );
}
