import { type Acknowledgement, acknowledgementText } from "./acknowledgement.ts";
import { NotPossibleError } from "./not-possible-error.ts";
import {
  addressUnder,
  isSuccess,
  jsonOf,
  jsonRequest,
  type SendRequest,
  type SourceAnswer,
  type SourceRequest,
} from "./source-request.ts";

/** What is acknowledged at OneUptime. */
export interface OneUptimeOptions {
  url: string;
  apiKey: string;
  resource: OneUptimeResource;
}

/** Routes and fields of each kind of thing that OneUptime can acknowledge. */
const RESOURCES = {
  incident: {
    route: "incident",
    idField: "incidentId",
    stateField: "incidentStateId",
    current: "currentIncidentState",
  },
  alert: {
    route: "alert",
    idField: "alertId",
    stateField: "alertStateId",
    current: "currentAlertState",
  },
} as const;

/** What can be acknowledged at OneUptime. */
export type OneUptimeResource = keyof typeof RESOURCES;

/**
 * Move an incident or alert of OneUptime to its project's acknowledged state; one that is there, or further, stays. Its
 * id is the fingerprint. Source: https://oneuptime.com/reference/incident-state-timeline
 */
export async function acknowledgeAtOneUptime(
  acknowledgement: Acknowledgement,
  options: OneUptimeOptions,
  send: SendRequest,
): Promise<SourceAnswer> {
  const { route, idField, stateField, current } = RESOURCES[options.resource];
  const id = acknowledgement.alert.fingerprint;
  const states = await readAcknowledgedState(options, send);
  if (!isSuccess(states)) return states;
  const acknowledged = stateOf(firstOf(jsonOf(states)));

  const item = await send(
    request(options, `/${route}/${encodeURIComponent(id)}/get-item`, {
      select: { [current]: { _id: true, order: true } },
    }),
  );
  if (!isSuccess(item)) return item;
  if (isReached(stateOf(valueOf(jsonOf(item), current)), acknowledged)) return item;

  return send(
    request(options, `/${route}-state-timeline`, {
      data: {
        [idField]: id,
        [stateField]: acknowledged.id,
        rootCause: acknowledgementText(acknowledgement),
      },
    }),
  );
}

/** The answer with the project's acknowledged state. Rejects with a `NotPossibleError` when the key may read none. */
export async function readAcknowledgedState(
  options: OneUptimeOptions,
  send: SendRequest,
): Promise<SourceAnswer> {
  const { route } = RESOURCES[options.resource];
  const states = await send(
    request(options, `/${route}-state/get-list?limit=1`, {
      query: { isAcknowledgedState: true },
      select: { _id: true, order: true },
    }),
  );
  if (isSuccess(states) && stateOf(firstOf(jsonOf(states))).id === undefined)
    throw new NotPossibleError("OneUptime has no acknowledged state that this key may read");
  return states;
}

function request({ url, apiKey }: OneUptimeOptions, path: string, body: unknown): SourceRequest {
  return jsonRequest(addressUnder(url, `/api${path}`), body, { apikey: apiKey });
}

interface State {
  id: string | undefined;
  order: number | undefined;
}

function isReached(present: State, acknowledged: State): boolean {
  if (present.id === acknowledged.id) return true;
  const [at, goal] = [present.order, acknowledged.order];
  return at !== undefined && goal !== undefined && at >= goal;
}

function stateOf(found: unknown): State {
  const order = plain(valueOf(found, "order"));
  const id = plain(valueOf(found, "_id"));
  return {
    id: typeof id === "string" ? id : undefined,
    order: typeof order === "number" ? order : undefined,
  };
}

function firstOf(list: unknown): unknown {
  const data = valueOf(list, "data");
  return Array.isArray(data) ? (data[0] as unknown) : undefined;
}

function valueOf(from: unknown, name: string): unknown {
  return typeof from === "object" && from !== null
    ? (from as Record<string, unknown>)[name]
    : undefined;
}

/** OneUptime wraps some values: `{"_type": "ObjectID", "value": "…"}`. */
function plain(value: unknown): unknown {
  return valueOf(value, "value") ?? value;
}
