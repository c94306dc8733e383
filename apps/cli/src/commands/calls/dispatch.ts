import { randomUUID } from "node:crypto";

import type { CallRequestInput } from "@call-log/client";
import {
  CALL_EVENT_TYPES,
  callRequest,
  fromNumberFor,
  issueText,
  newCallLogId,
  type Project,
} from "@call-log/model";
import { z } from "zod";

import { accessOptions, declareAccess, openClient } from "../../access/access.ts";
import { findInstallation } from "../../access/installation.ts";
import { chosenProject, withStore } from "../../access/with-store.ts";
import { queueRequest } from "../../calls/queue-request.ts";
import { declareWait, waitOption, waitResult } from "../../calls/wait-result.ts";
import { CliError, usageError } from "../../cli-error.ts";
import {
  defineCommand,
  optionName,
  type CommandContext,
  type CommandResult,
} from "../../command.ts";
import { readJsonFile } from "../options/json-option.ts";
import { repeated } from "../options/repeated.ts";

const CALL_EVENTS = CALL_EVENT_TYPES.join(", ");
const REACHED_WHEN = callRequest.shape.reachedWhen.unwrap().options;

// Fields of a request that have an option of their own, and the option's key.
const FLAGS = {
  toNumber: "to",
  say: "say",
  fromNumber: "from",
  idempotencyKey: "idempotencyKey",
  reachedWhen: "reachedWhen",
  retry: "retry",
  scheduledAt: "at",
  deadlineAt: "deadline",
  tags: "tag",
} as const;

const options = z.strictObject({
  ...accessOptions,
  to: z.string().optional(),
  say: z.string().optional(),
  from: z.string().optional(),
  idempotencyKey: z.string().optional(),
  reachedWhen: z.string().optional(),
  retry: z.coerce.number({ error: "must be a number of attempts" }).optional(),
  at: z.string().optional(),
  deadline: z.string().optional(),
  tag: z.array(z.string()).optional(),
  notifyUrl: z.string().optional(),
  notifyEvent: z.array(z.string()).optional(),
  ...waitOption,
  file: z.string().optional(),
});

/** `dispatch`: have a call placed, through the api with a key, else through the queue. */
export const dispatch = defineCommand({
  name: "dispatch",
  alias: "call",
  summary: "Have a call placed",
  declare: (command) =>
    declareWait(declareAccess(command))
      .option("--to <number>", "number to call, with its country code")
      .option("--say <text>", "what is said")
      .option("--from <number>", "number to call from; the project's own when absent")
      .option("--idempotency-key <key>", "the same key and request place no second call")
      .option("--reached-when <what>", `when it counts as reached: ${REACHED_WHEN.join(", ")}`)
      .option("--retry <attempts>", "attempts in all, the first one included")
      .option("--at <time>", "call then and not before, as 2026-11-25T08:00:00Z")
      .option("--deadline <time>", "never call after that, as 2026-11-25T09:00:00Z")
      .option("--tag <tag>", "a tag of the call log; repeat it for more", repeated)
      .option("--notify-url <url>", "post events of this call there, beside the endpoints")
      .option("--notify-event <type>", `a type of these; repeat it: ${CALL_EVENTS}`, repeated)
      .option("--file <path>", "the whole request as JSON, or - for standard input"),
  options,
  run: async (given, context) => {
    const request = await readRequest(given, context);
    const client = await openClient(given, context);
    if (client === undefined) {
      const { _id, result } = await throughQueue(request, given.project, context);
      return finished(_id, result, { given, context });
    }
    const answer = await client.calls.dispatch.mutate(request);
    const text = `call ${answer._id} ${answer.status}${answer.repeated ? " (as asked before)" : ""}`;
    return finished(answer._id, { json: answer, text }, { given, context });
  },
});

// Whoever waits sees the id at once, since the wait may be given up.
async function finished(
  _id: string,
  result: CommandResult,
  { given, context }: { given: z.output<typeof options>; context: CommandContext },
): Promise<CommandResult> {
  const { wait } = given;
  if (wait === undefined) return result;
  if (!context.json) context.say(result.text);
  return waitResult(_id, { ...given, wait }, context);
}

async function readRequest(
  given: z.output<typeof options>,
  { terminal }: CommandContext,
): Promise<CallRequestInput> {
  const content =
    given.file === undefined ? {} : await readJsonFile("--file", given.file, terminal);
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw usageError("--file: must hold one request as a JSON object");
  const flags = Object.entries(FLAGS).map(([field, key]) => [field, given[key]] as const);
  const set = flags.filter(([, value]) => value !== undefined);
  const retry = retryOf(given.retry, content);
  const request = { ...content, ...Object.fromEntries(set), ...retry, ...notifyOf(given, content) };
  const parsed = callRequest.safeParse(request);
  if (parsed.success) return request as CallRequestInput;
  const issue = parsed.error.issues[0]!;
  const field = String(issue.path[0] ?? "");
  if (field === "notify" && given.notifyUrl !== undefined)
    throw usageError(`${NOTIFY_FLAGS[String(issue.path[1])] ?? "--notify-url"}: ${issue.message}`);
  if (!isFlag(field) || (given[FLAGS[field]] === undefined && field in content))
    throw usageError(`--file: ${issueText(parsed.error)}`);
  // Of what `say` may be, the option is the first: a text.
  const { message } = (issue.code === "invalid_union" && issue.errors[0]?.[0]) || issue;
  throw usageError(`${optionName(FLAGS[field])}: ${field in request ? message : "is missing"}`);
}

// The file may say more of the retries than how many there are.
function retryOf(maxAttempts: number | undefined, { retry }: { retry?: unknown }) {
  if (maxAttempts === undefined) return {};
  const more = typeof retry === "object" && retry !== null ? retry : {};
  return { retry: { ...more, maxAttempts } };
}

const NOTIFY_FLAGS: Readonly<Record<string, string>> = { events: "--notify-event" };

function notifyOf(
  { notifyUrl: url, notifyEvent: events }: z.output<typeof options>,
  { notify }: { notify?: unknown },
) {
  if (url === undefined && events === undefined) return {};
  if (url === undefined) throw usageError("--notify-url: is needed with --notify-event");
  const more = typeof notify === "object" && notify !== null ? notify : {};
  return { notify: { ...more, url, ...(events && { events }) } };
}

function isFlag(field: string): field is keyof typeof FLAGS {
  return Object.hasOwn(FLAGS, field);
}

// With a key of its own, the id of the call log is known before a worker has made it.
async function throughQueue(
  request: CallRequestInput,
  projectId: string | undefined,
  context: CommandContext,
): Promise<{ _id: string; result: CommandResult }> {
  const { redisUrl } = await findInstallation(context.settings);
  if (redisUrl === undefined)
    throw new CliError("REDIS_URL is not set; set it, or give a key with --api-key");
  const project = await withStore(context, (store) => chosenProject(store, projectId));
  noteMissingNumber(request, project, context);
  const { idempotencyKey = `cli:${randomUUID()}` } = request;
  const _id = newCallLogId({ projectId: project._id, idempotencyKey });
  const { QUEUE_PREFIX: prefix } = context.settings;
  const place = { projectId: project._id, redisUrl, ...(prefix !== undefined && { prefix }) };
  await queueRequest({ ...request, idempotencyKey }, place);
  const result = { json: { _id, queued: true }, text: `call ${_id} is on the queue` };
  return { _id, result };
}

// Only the workers know whether the project's provider lends one.
function noteMissingNumber(
  request: CallRequestInput,
  project: Project,
  { json, say }: CommandContext,
): void {
  const { toNumber, fromNumber } = callRequest.parse(request);
  if (json || (fromNumber ?? fromNumberFor(project, toNumber)) !== undefined) return;
  say("the project has no number of its own; where its provider lends none, --from is needed");
}
