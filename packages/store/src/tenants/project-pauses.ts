import { type Acting, type ActName, type Project, SYSTEM_ACTING } from "@call-log/model";

import type { ProjectChange } from "./project-acts.ts";

/** The two pauses of a project: its own and that of the operators. Each side ends its own only. */
export interface ProjectPauses {
  /** Hold every call of a project back, for a reason in words, or stop doing so. An unknown id is NOT_FOUND. */
  pause(projectId: string, reason: string, acting?: Acting): Promise<Project>;
  resume(projectId: string, acting?: Acting): Promise<Project>;
  /** The same by an operator, beside the project's own pause. */
  pauseByOperator(projectId: string, reason: string, acting?: Acting): Promise<Project>;
  resumeByOperator(projectId: string, acting?: Acting): Promise<Project>;
}

/** The pauses of projects, by a write that files its act. */
export function createProjectPauses(deps: {
  change: (act: ActName, wanted: ProjectChange) => Promise<Project>;
  now: () => Date;
}): ProjectPauses {
  const { change, now } = deps;
  const pauseIn =
    (field: "paused" | "operatorPause") =>
    (projectId: string, reason: string, acting: Acting = SYSTEM_ACTING) => {
      // A project may not see which operator it was.
      const by = field === "paused" ? { by: acting.actor } : {};
      const update = { $set: { [field]: { reason, at: now(), ...by } } };
      return change("project.pause", { projectId, update, acting });
    };
  const resumeIn =
    (field: "paused" | "operatorPause") =>
    (projectId: string, acting: Acting = SYSTEM_ACTING) =>
      change("project.resume", { projectId, update: { $unset: { [field]: "" } }, acting });
  return {
    pause: pauseIn("paused"),
    resume: resumeIn("paused"),
    pauseByOperator: pauseIn("operatorPause"),
    resumeByOperator: resumeIn("operatorPause"),
  };
}
