import type { CallLogClient } from "@call-log/client";
import {
  type DeadLetter,
  deadLetterListInput,
  type DeadLetterState,
  type Wire,
} from "@call-log/model";
import type { DeadLetterScope, Store } from "@call-log/store";
import type { z } from "zod";

import { openClient } from "../access/access.ts";
import { localActing } from "../access/local-acting.ts";
import { chosenProject, withStore } from "../access/with-store.ts";
import { CliError } from "../cli-error.ts";
import type { CommandContext } from "../command.ts";

/** A refused request; times are ISO text. */
export type DeadLetterView = Wire<DeadLetter>;

/** The refused requests of one project, or those of none. */
export interface DeadLetterSource {
  list(request: z.input<typeof deadLetterListInput>): Promise<{
    data: DeadLetterView[];
    count: number;
    nextCursor?: string | undefined;
  }>;
  get(id: string): Promise<{ deadLetter: DeadLetterView; payload: unknown }>;
  drop(id: string): Promise<{ _id: string; state: DeadLetterState }>;
  /** Undefined without the api: only the processes of the installation may take a request. */
  replay?: (id: string) => Promise<{ _id: string; status: string; repeated: boolean }>;
}

/** Reach the refused requests: through the api with a key, else in the database of the installation, which is closed after. */
export async function withDeadLetters<T>(
  given: {
    apiKey?: string | undefined;
    url?: string | undefined;
    project?: string | undefined;
    installation?: true | undefined;
  },
  context: CommandContext,
  act: (source: DeadLetterSource) => Promise<T>,
): Promise<T> {
  const { installation, project } = given;
  const client = await openClient(given, context);
  if (client !== undefined) return act(ofApi(client, installation === true));
  return withStore(context, async (store) => {
    const scope = installation ? null : (await chosenProject(store, project))._id;
    return act(ofDatabase(store, scope));
  });
}

function ofApi(client: CallLogClient, ofInstallation: boolean): DeadLetterSource {
  const letters = ofInstallation ? client.operator.deadLetters : client.deadLetters;
  return {
    list: (request) => letters.list.query(request),
    async get(id) {
      const { deadLetter, payload = null } = await letters.get.query({ id });
      return { deadLetter, payload };
    },
    drop: (id) => letters.drop.mutate({ id }),
    replay: (id) => letters.replay.mutate({ id }),
  };
}

function ofDatabase({ deadLetters }: Store, scope: DeadLetterScope): DeadLetterSource {
  const find = async (id: string) => {
    const found = await deadLetters.find(scope, id);
    if (found === undefined) throw new CliError(`there is no refused request ${id}`);
    return found;
  };
  return {
    list: async (request) =>
      onWire(await deadLetters.list(scope, deadLetterListInput.parse(request))),
    async get(id) {
      const { payload, ...letter } = await find(id);
      const isShown = payload !== undefined && !letter.isSensitive;
      return {
        deadLetter: onWire(letter),
        payload: isShown ? (JSON.parse(payload) as unknown) : null,
      };
    },
    async drop(id) {
      await find(id);
      const dropped = await deadLetters.settle(id, { state: "dropped" }, { acting: localActing() });
      if (dropped?.state !== "dropped")
        throw new CliError(`the request was accepted as call log ${dropped?.callLogId}`);
      return { _id: dropped._id, state: dropped.state };
    },
  };
}

function onWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
