import type {
  BudgetState,
  CallLogView,
  CallPreview,
  CallRequestInput,
  CallStats,
  QueryInput,
  SelectInput,
  ShownProblem,
  SortInput,
  StatsDimension,
} from "@call-log/model";

/** Which call logs, and what of them. */
export interface ListRequest {
  query: QueryInput;
  select: SelectInput;
  sort?: SortInput;
  limit: number;
  cursor?: string;
  /** True: what takes too long is answered as far as it is known. */
  inParts?: boolean;
}

/** One page of call logs; `count` is of all that match, or of those from `countedFrom` on. */
export interface CallPage {
  data: CallLogView[];
  count: number;
  countedFrom?: Date | string | undefined;
  nextCursor?: string | undefined;
}

/** Which call logs are summed, and by what. */
export interface SumsRequest {
  query: QueryInput;
  by: StatsDimension[];
  timeZone: string;
  cursor?: string;
  /** True: what takes too long is summed in part, with a cursor for the rest. */
  inParts?: boolean;
}

/** How the installation does, as a project sees it. */
export interface HealthView {
  problems: ShownProblem[];
  redis: { isUp: boolean };
  mongodb: { isUp: boolean };
  hasWorkers: boolean;
  calls: { stuckCalls: { _id: string }[] };
  providers: { name: string; isPaused: boolean; isSimulated: boolean }[];
  simulated: boolean;
  /** Who has paused the project: its own people, and an operator. */
  paused: { reason: string } | null;
  operatorPause: { reason: string } | null;
}

/** How long the end of a call is waited for. */
export interface WaitTerms {
  timeoutSeconds: number;
  signal: AbortSignal;
}

/** What the tools need of call-log, for one project: the procedures in process, through the API, or without it. Errors are thrown with a text for the caller. */
export interface ToolApi {
  list(request: ListRequest): Promise<CallPage>;
  read(id: string, select: SelectInput): Promise<CallLogView>;
  /** Resolves when the call is over, when that takes longer than `timeoutSeconds`, or with the signal. */
  waitForEnd(id: string, terms: WaitTerms): Promise<void>;
  sums(request: SumsRequest): Promise<CallStats>;
  /** Null: the project has none. */
  budget(): Promise<BudgetState | null>;
  health(): Promise<HealthView>;
  /** What would become of a request; undefined where only the workers know. */
  preview(request: CallRequestInput): Promise<CallPreview | undefined>;
  place(request: CallRequestInput): Promise<{ _id: string; status: string; repeated: boolean }>;
  cancel(id: string): Promise<{ _id: string; status: string }>;
}
