import { type Acting, objectId, type Project } from "@call-log/model";
import { connectStore, type Store } from "@call-log/store";

import { CliError, usageError } from "../cli-error.ts";
import type { CommandContext } from "../command.ts";
import { printable } from "../output/terminal.ts";
import { findInstallation } from "./installation.ts";
import { localActing } from "./local-acting.ts";

/** Do something with the database of the installation, as the user of this machine, and close it after. */
export async function withStore<T>(
  { settings }: CommandContext,
  act: (store: Store, acting: Acting) => Promise<T>,
): Promise<T> {
  const { mongodbUri } = await findInstallation(settings);
  const store = await connectStore({
    uri: mongodbUri,
    auditRetentionDays: settings.AUDIT_RETENTION_DAYS,
  });
  try {
    return await act(store, localActing());
  } finally {
    await store.close();
  }
}

/** Where projects are found: in the database, or through the api. */
export interface ProjectSource<P extends Pick<Project, "_id" | "name">> {
  projects: { list(): Promise<P[]>; find(id: string): Promise<P | undefined> };
}

/** The project of an id, or the only project that there is. */
export async function chosenProject<P extends Pick<Project, "_id" | "name">>(
  source: ProjectSource<P>,
  given: string | undefined,
): Promise<P> {
  if (given !== undefined) return projectById(source, given);
  const [only, ...others] = await source.projects.list();
  if (only === undefined)
    throw new CliError(
      "--project: there is no project yet; make one with: project create --name NAME",
    );
  if (others.length === 0) return only;
  const names = [only, ...others]
    .slice(0, 10)
    .map(({ _id, name }) => `${_id} (${printable(name)})`);
  throw usageError(`--project: name one of: ${names.join(", ")}`);
}

/** The project of an id. */
export async function projectById<P extends Pick<Project, "_id" | "name">>(
  { projects }: ProjectSource<P>,
  given: string,
): Promise<P> {
  const id = objectId.safeParse(given);
  if (!id.success) throw usageError("--project: must be a UUID or 24 hexadecimal digits");
  const project = await projects.find(id.data);
  if (project === undefined)
    throw new CliError(`--project: there is no project ${id.data}; see: project list`);
  return project;
}
