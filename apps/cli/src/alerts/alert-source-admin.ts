import type { CallLogClient, CallLogOutputs } from "@call-log/client";
import {
  type AlertDelivery,
  alertSourceChange,
  type newAlertSource,
  newAlertSource as newSource,
  type Wire,
} from "@call-log/model";
import type { AlertSourceInfo, Store } from "@call-log/store";
import type { z } from "zod";

import { apiAccess, openClient } from "../access/access.ts";
import { findStandalone } from "../access/installation.ts";
import { localActing } from "../access/local-acting.ts";
import { chosenProject, withStore } from "../access/with-store.ts";
import { CliError } from "../cli-error.ts";
import type { CommandContext } from "../command.ts";

const HOUR_MS = 3_600_000;

/** A source as tables show it; times are ISO text. */
export type ShownSource = Pick<
  Wire<AlertSourceInfo>,
  | "_id"
  | "name"
  | "kind"
  | "enabled"
  | "createdAt"
  | "deliveryCount"
  | "lastDelivery"
  | "lastRefusal"
>;

/** A source whose token is shown this once. */
export interface ShownToken {
  source: ShownSource;
  token: string;
}

/** The alert sources of a project. */
export interface AlertSourceAdmin {
  /** Address of the api, for the addresses of sources. */
  url: string;
  list(): Promise<ShownSource[]>;
  get(id: string): Promise<object>;
  create(source: z.input<typeof newAlertSource>): Promise<ShownToken>;
  update(id: string, change: z.input<typeof alertSourceChange>): Promise<ShownSource>;
  rotateToken(id: string, overlapHours: number): Promise<ShownToken>;
  delete(id: string): Promise<void>;
  recent(id: string): Promise<Wire<AlertDelivery>[]>;
  /** Undefined without the api, whose dispatcher it asks. */
  testBack?: (id: string) => Promise<CallLogOutputs["alertSources"]["testBack"]>;
  /** Undefined without the api, whose dispatcher it asks. */
  dryRun?: (id: string, body: unknown) => Promise<{ results: object[] }>;
}

/** Options of the commands for alert sources. */
export interface AlertSourceAccess {
  apiKey?: string | undefined;
  url?: string | undefined;
  project?: string | undefined;
}

/** Reach the alert sources: through the api with a key, else in the database of the installation. */
export async function withAlertSources<T>(
  given: AlertSourceAccess,
  context: CommandContext,
  act: (admin: AlertSourceAdmin) => Promise<T>,
): Promise<T> {
  const client = await openClient(given, context);
  const url = await urlOf(given, context);
  if (client !== undefined) return act(ofApi(client, url));
  return withStore(context, async (store) => {
    const { _id } = await chosenProject(store, given.project);
    return act(ofDatabase(store, { projectId: _id, url }));
  });
}

async function urlOf(given: AlertSourceAccess, context: CommandContext): Promise<string> {
  const { settings } = context;
  const known = (await apiAccess(given, context))?.url ?? given.url ?? settings.CALL_LOG_URL;
  const url = known ?? (await findStandalone(settings.DATA_DIR))?.url ?? "http://127.0.0.1:3000";
  return url.replace(/\/+$/, "");
}

function ofApi({ alertSources }: CallLogClient, url: string): AlertSourceAdmin {
  return {
    url,
    list: async () => (await alertSources.list.query()).sources,
    get: (id) => alertSources.get.query({ id }),
    create: (source) => alertSources.create.mutate(source),
    update: (id, change) => alertSources.update.mutate({ ...change, id }),
    rotateToken: (id, overlapHours) => alertSources.rotateToken.mutate({ id, overlapHours }),
    async delete(id) {
      await alertSources.delete.mutate({ id });
    },
    recent: async (id) => (await alertSources.recent.query({ id })).deliveries,
    testBack: (id) => alertSources.testBack.mutate({ id }),
    dryRun: (id, body) => alertSources.dryRun.mutate({ id, body }),
  };
}

function ofDatabase(
  { alertSources }: Pick<Store, "alertSources">,
  { projectId, url }: { projectId: string; url: string },
): AlertSourceAdmin {
  const ref = (id: string) => ({ projectId, id, acting: localActing() });
  return {
    url,
    list: async () => (await alertSources.list(projectId)).map(onWire),
    get: async (id) => onWire(found(await alertSources.find(projectId, id), id)),
    create: async (source) =>
      onWire(await alertSources.create(projectId, parsed(newSource, source), localActing())),
    async update(id, change) {
      const { id: _id, ...wanted } = parsed(alertSourceChange, { ...change, id });
      return onWire(found(await alertSources.update(ref(id), wanted), id));
    },
    rotateToken: async (id, overlapHours) =>
      onWire(found(await alertSources.rotateToken(ref(id), overlapHours * HOUR_MS), id)),
    async delete(id) {
      if (!(await alertSources.delete(ref(id)))) throw noSuchSource(id);
    },
    async recent(id) {
      found(await alertSources.find(projectId, id), id);
      return (await alertSources.deliveries(projectId, id)).map(onWire);
    },
  };
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new CliError(path.length === 0 ? message : `${path.join(".")}: ${message}`);
}

function found<T>(source: T | undefined, id: string): T {
  if (source === undefined) throw noSuchSource(id);
  return source;
}

function noSuchSource(id: string): CliError {
  return new CliError(`there is no alert source ${id}; see: alert-sources list`);
}

function onWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
