import {
  CallLogError,
  issueText,
  newProject,
  projectSettings,
  type NewProject,
  type Project,
  type ProjectSettings,
} from "@call-log/model";
import type { Collection, UpdateFilter } from "mongodb";
import { v7 } from "uuid";
import type { z } from "zod";

import { isDuplicateKey } from "./database-error.ts";

/** The projects. */
export interface ProjectStore {
  /** Create a project. A taken id is a CONFLICT, a setting that is not valid a BAD_REQUEST. */
  create(project: NewProject): Promise<Project>;
  /** One project by id, or undefined. */
  find(projectId: string): Promise<Project | undefined>;
  /** All projects by name. */
  list(): Promise<Project[]>;
  /** How many projects there are. */
  count(): Promise<number>;
  /** Change settings; the project after it. An unknown id is NOT_FOUND. A new retention counts for calls that end from now on. */
  update(projectId: string, settings: ProjectSettings): Promise<Project>;
  /** Hold every call of a project back, for a reason in words, or stop doing so. An unknown id is NOT_FOUND. */
  pause(projectId: string, reason: string): Promise<Project>;
  resume(projectId: string): Promise<Project>;
  /** Retention in days of those of these projects that have one. */
  retentions(projectIds: readonly string[]): Promise<Map<string, number>>;
}

/** The projects in a MongoDB collection. */
export function createProjectStore(deps: {
  projects: Collection<Project>;
  now: () => Date;
}): ProjectStore {
  const { projects, now } = deps;

  async function change(projectId: string, update: UpdateFilter<Project>): Promise<Project> {
    const options = { returnDocument: "after" } as const;
    const changed = await projects.findOneAndUpdate({ _id: projectId }, update, options);
    if (changed === null) throw new CallLogError("NOT_FOUND", `there is no project ${projectId}`);
    return changed;
  }

  return {
    async create(input) {
      const { id = v7(), ...settings } = parse(newProject, input);
      const given = Object.entries(settings).filter(([, value]) => value !== undefined);
      const project = { _id: id, ...Object.fromEntries(given), createdAt: now() } as Project;
      try {
        await projects.insertOne(project);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new CallLogError("CONFLICT", `project ${id} exists already`, { cause: error });
      }
      return project;
    },

    find: async (projectId) => (await projects.findOne({ _id: projectId })) ?? undefined,

    list: () => projects.find().sort({ name: 1, _id: 1 }).toArray(),

    count: () => projects.countDocuments(),

    update: async (projectId, input) =>
      change(projectId, settingsUpdate(parse(projectSettings, input))),

    pause: (projectId, reason) => change(projectId, { $set: { paused: { reason, at: now() } } }),

    resume: (projectId) => change(projectId, { $unset: { paused: "" } }),

    async retentions(projectIds) {
      if (projectIds.length === 0) return new Map();
      const ids = [...new Set(projectIds)];
      const found = await projects.find({ _id: { $in: ids } }).toArray();
      return new Map(
        found.flatMap(({ _id, retentionDays }) =>
          retentionDays === undefined ? [] : [[_id, retentionDays] as const],
        ),
      );
    },
  };
}

function settingsUpdate(settings: z.output<typeof projectSettings>): UpdateFilter<Project> {
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
