import {
  type ActName,
  type Acting,
  CallLogError,
  issueText,
  newProject,
  type projectSettings,
  type NewProject,
  type Project,
  requireUnchanged,
  settingsChange,
  type SettingsChange,
  SYSTEM_ACTING,
} from "@call-log/model";
import type { Collection, UpdateFilter } from "mongodb";
import { v7 } from "uuid";
import type { z } from "zod";

import { WITHOUT_ACTS } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { shortCache } from "../batching/short-cache.ts";
import type { RollupStore } from "../rollups/index.ts";
import type { CallerIdStore } from "./caller-id-store.ts";
import { changeProject, insertProject, type ProjectChange } from "./project-acts.ts";
import { withNumbers } from "./project-numbers.ts";
import { createProjectPauses, type ProjectPauses } from "./project-pauses.ts";
import type { ProjectDocument } from "./tenant-documents.ts";

/** The projects. Without `acting`, the actor is call-log itself. */
export interface ProjectStore extends ProjectPauses {
  /**
   * Create a project. A taken id and another project's from-number are a CONFLICT, a setting that is not valid a
   * BAD_REQUEST.
   */
  create(project: NewProject, acting?: Acting): Promise<Project>;
  /** One project by id, or undefined. */
  find(projectId: string): Promise<Project | undefined>;
  /** The same from a cache of at most a second, for use with every call; changes in this process show at once. */
  recent(projectId: string): Promise<Project | undefined>;
  /** All projects by name. */
  list(): Promise<Project[]>;
  /** How many projects there are. */
  count(): Promise<number>;
  /**
   * Change settings; the project after it. An unknown id is NOT_FOUND, another project's from-number and a setting that
   * is not what it was a CONFLICT. A new retention counts for calls that end from a second on.
   */
  update(projectId: string, settings: SettingsChange, acting?: Acting): Promise<Project>;
  /** Retention in days of those of these projects that have one. */
  retentions(projectIds: readonly string[]): Promise<Map<string, number>>;
}

/** How long a project is cached, in milliseconds: a pause holds everywhere after this time. */
const RECENT_MS = 1000;
/** Most projects in that cache. */
const MAX_RECENT = 1000;

/** The projects in a MongoDB collection. */
export function createProjectStore(deps: {
  projects: Collection<ProjectDocument>;
  rollups: Pick<RollupStore, "retentionChanges">;
  callerIds: Pick<CallerIdStore, "claim" | "release" | "reclaim">;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}): ProjectStore {
  const { projects, rollups, callerIds, auditWriter, now, elapsedMs } = deps;
  const asProject = { projection: WITHOUT_ACTS };
  const cache = shortCache<Project>({ validMs: RECENT_MS, maxEntries: MAX_RECENT, elapsedMs });
  const recent = async (projectId: string) => {
    const read = () => projects.findOne({ _id: projectId }, asProject);
    return (await cache.get(projectId, read)) ?? undefined;
  };

  async function change(act: ActName, wanted: ProjectChange): Promise<Project> {
    const changed = await changeProject({ projects, auditWriter, now }, act, wanted);
    cache.clear();
    return changed;
  }

  return {
    async create(input, acting = SYSTEM_ACTING) {
      const { id = v7(), ...settings } = parse(newProject, input);
      const given = Object.entries(settings).filter(([, value]) => value !== undefined);
      const project = { _id: id, ...Object.fromEntries(given), createdAt: now() } as Project;
      const insert = () => insertProject({ projects, auditWriter }, project, acting);
      await withNumbers({ projects, callerIds }, project, insert);
      return project;
    },

    find: async (projectId) => (await projects.findOne({ _id: projectId }, asProject)) ?? undefined,

    recent,

    list: () => projects.find({}, asProject).sort({ name: 1, _id: 1 }).toArray(),

    count: () => projects.countDocuments(),

    async update(projectId, input, acting = SYSTEM_ACTING) {
      const { was, ...settings } = parse(settingsChange, input);
      const update = settingsUpdate(settings);
      const wanted = { _id: projectId, fromNumbers: settings.fromNumbers };
      const check = (before: Project) =>
        requireUnchanged(before, { ...settings, was } as SettingsChange);
      const set = () => change("project.update", { projectId, update, acting, check });
      const write = () => withNumbers({ projects, callerIds }, wanted, set);
      if (!(await changesRetention(projects, projectId, settings))) return write();
      await rollups.retentionChanges(projectId);
      const project = await write();
      await rollups.retentionChanges(projectId);
      return project;
    },

    ...createProjectPauses({ change, now }),

    retentions: async (projectIds) =>
      retentionsOf(await Promise.all([...new Set(projectIds)].map(recent))),
  };
}

function retentionsOf(projects: readonly (Project | undefined)[]): Map<string, number> {
  const kept = projects.flatMap((project) =>
    project?.retentionDays === undefined ? [] : [[project._id, project.retentionDays] as const],
  );
  return new Map(kept);
}

async function changesRetention(
  projects: Collection<ProjectDocument>,
  projectId: string,
  { retentionDays }: z.output<typeof projectSettings>,
): Promise<boolean> {
  if (retentionDays === undefined) return false;
  const project = await projects.findOne({ _id: projectId });
  return project !== null && (project.retentionDays ?? null) !== retentionDays;
}

function settingsUpdate(settings: z.output<typeof projectSettings>): UpdateFilter<ProjectDocument> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const set = given.filter(([, value]) => value !== null);
  const unset = given.filter(([, value]) => value === null).map(([key]) => [key, ""]);
  return {
    ...(set.length > 0 && { $set: Object.fromEntries(set) }),
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset) }),
  };
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", issueText(parsed.error, "project"));
}
