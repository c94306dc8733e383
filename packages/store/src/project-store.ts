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

import type { SumKeeper } from "./counts/sum-keeper.ts";
import { isDuplicateKey } from "./database-error.ts";
import { recentReads } from "./recent-reads.ts";

/** The projects. */
export interface ProjectStore {
  /** Create a project. A taken id is a CONFLICT, a setting that is not valid a BAD_REQUEST. */
  create(project: NewProject): Promise<Project>;
  /** One project by id, or undefined. */
  find(projectId: string): Promise<Project | undefined>;
  /** The same as it was at most a second ago, for what asks for every call; a change in this process shows at once. */
  recent(projectId: string): Promise<Project | undefined>;
  /** All projects by name. */
  list(): Promise<Project[]>;
  /** How many projects there are. */
  count(): Promise<number>;
  /** Change settings; the project after it. An unknown id is NOT_FOUND. A new retention counts for calls that end from a second on. */
  update(projectId: string, settings: ProjectSettings): Promise<Project>;
  /** Hold every call of a project back, for a reason in words, or stop doing so. An unknown id is NOT_FOUND. */
  pause(projectId: string, reason: string): Promise<Project>;
  resume(projectId: string): Promise<Project>;
  /** Retention in days of those of these projects that have one. */
  retentions(projectIds: readonly string[]): Promise<Map<string, number>>;
}

/** How old what a process knows of a project may be, in milliseconds: a pause holds everywhere after this time. */
const RECENT_MS = 1000;
/** Most projects that a process remembers. */
const MOST_RECENT = 1000;

/** The projects in a MongoDB collection. */
export function createProjectStore(deps: {
  projects: Collection<Project>;
  sums: Pick<SumKeeper, "retentionChanges">;
  now: () => Date;
  elapsedMs: () => number;
}): ProjectStore {
  const { projects, sums, now, elapsedMs } = deps;
  const lookUps = recentReads<Project>({ validMs: RECENT_MS, maxEntries: MOST_RECENT, elapsedMs });
  const recent = async (projectId: string) => {
    const read = () => projects.findOne({ _id: projectId });
    return (await lookUps.get(projectId, read)) ?? undefined;
  };

  async function change(projectId: string, update: UpdateFilter<Project>): Promise<Project> {
    const options = { returnDocument: "after" } as const;
    const changed = await projects.findOneAndUpdate({ _id: projectId }, update, options);
    lookUps.forget();
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

    recent,

    list: () => projects.find().sort({ name: 1, _id: 1 }).toArray(),

    count: () => projects.countDocuments(),

    async update(projectId, input) {
      const settings = parse(projectSettings, input);
      const write = () => change(projectId, settingsUpdate(settings));
      if (!(await changesRetention(projects, projectId, settings))) return write();
      await sums.retentionChanges(projectId);
      const project = await write();
      await sums.retentionChanges(projectId);
      return project;
    },

    pause: (projectId, reason) => change(projectId, { $set: { paused: { reason, at: now() } } }),

    resume: (projectId) => change(projectId, { $unset: { paused: "" } }),

    async retentions(projectIds) {
      const found = await Promise.all([...new Set(projectIds)].map(recent));
      return new Map(
        found.flatMap((project) =>
          project?.retentionDays === undefined
            ? []
            : [[project._id, project.retentionDays] as const],
        ),
      );
    },
  };
}

async function changesRetention(
  projects: Collection<Project>,
  projectId: string,
  { retentionDays }: z.output<typeof projectSettings>,
): Promise<boolean> {
  if (retentionDays === undefined) return false;
  const project = await projects.findOne({ _id: projectId });
  return project !== null && (project.retentionDays ?? null) !== retentionDays;
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
