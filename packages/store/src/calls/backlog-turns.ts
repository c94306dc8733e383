import type { Collection } from "mongodb";

import type { BacklogDocument } from "./backlog-document.ts";

/** Projects served in one round; the others follow in the next. */
const MAX_PROJECTS = 20;

/** Which attempts of a rank are asked for. */
export interface TurnsAsked {
  now: Date;
  limit: number;
  /** Most of a project; one with none is passed over. */
  mostOf: (projectId: string) => number;
}

/** Attempts of a rank that are due, of all projects in turn. */
export type BacklogTurns = (rank: number, asked: TurnsAsked) => Promise<BacklogDocument[]>;

/** The turns of the projects at the backlog. */
export function createBacklogTurns(backlog: Collection<BacklogDocument>): BacklogTurns {
  // Where the next round begins, so that each of many projects is first at some time.
  const lastProject = new Map<number, string>();

  async function projectsBetween(
    rank: number,
    { after, to, mostOf }: Pick<TurnsAsked, "mostOf"> & { after: string; to?: string },
  ): Promise<string[]> {
    const projects: string[] = [];
    for (let last = after; projects.length < MAX_PROJECTS;) {
      const [first] = await backlog
        .find({ rank, projectId: { $gt: last } }, { projection: { projectId: 1 } })
        .sort({ projectId: 1, dueAt: 1 })
        .limit(1)
        .toArray();
      if (first === undefined || (to !== undefined && first.projectId > to)) break;
      last = first.projectId;
      if (mostOf(last) > 0) projects.push(last);
    }
    return projects;
  }

  async function projectsInTurn(rank: number, mostOf: TurnsAsked["mostOf"]): Promise<string[]> {
    const from = lastProject.get(rank) ?? "";
    const after = await projectsBetween(rank, { after: from, mostOf });
    const before = from === "" ? [] : await projectsBetween(rank, { after: "", to: from, mostOf });
    const projects = [...after, ...before].slice(0, MAX_PROJECTS);
    const last = projects.at(-1);
    if (last !== undefined) lastProject.set(rank, last);
    return projects;
  }

  // Projects with more calls get what others leave of their share.
  return async (rank, { now, limit, mostOf }) => {
    const projects = await projectsInTurn(rank, mostOf);
    const share = Math.max(1, Math.floor(limit / Math.max(1, projects.length)));
    const found: BacklogDocument[] = [];
    const take = async (projectId: string, { skip, most }: { skip: number; most: number }) => {
      const room = Math.min(most, mostOf(projectId) - skip, limit - found.length);
      if (room <= 0) return 0;
      const due = backlog.find({ rank, projectId, dueAt: { $lte: now } }).sort({ dueAt: 1 });
      const taken = await due.skip(skip).limit(room).toArray();
      found.push(...taken);
      return taken.length;
    };
    const hungry: string[] = [];
    for (const projectId of projects)
      if ((await take(projectId, { skip: 0, most: share })) === share) hungry.push(projectId);
    for (const projectId of hungry) await take(projectId, { skip: share, most: limit });
    return found;
  };
}
