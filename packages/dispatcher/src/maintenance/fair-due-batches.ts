/** A source of due items, each of a project. */
export interface DueSource<Due> {
  /** Due items, the longest due first; of one project if it is given. */
  findDue(now: Date, limit: number, projectId?: string): Promise<Due[]>;
  /** The next project after this one, in the order of ids, that has any, and when the first of them is due. */
  nextProject(after: string): Promise<{ projectId: string; at: Date } | undefined>;
}

/**
 * What is due, in batches. Where it does not fit into one batch, every project has its turn with a batch, so that the backlog of one
 * does not keep the others waiting. Each look-up is a few keys of an index, however much is open.
 */
export async function* fairDueBatches<Due>(
  source: DueSource<Due>,
  { now, limit }: { now: Date; limit: number },
): AsyncGenerator<Due[]> {
  const oldest = await source.findDue(now, limit);
  if (oldest.length < limit) {
    if (oldest.length > 0) yield oldest;
    return;
  }
  let after = "";
  for (;;) {
    const next = await source.nextProject(after);
    if (next === undefined) return;
    after = next.projectId;
    if (next.at <= now) yield await source.findDue(now, limit, after);
  }
}
