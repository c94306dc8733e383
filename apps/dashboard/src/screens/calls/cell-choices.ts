import type { CallLogView } from "../../call/call-view.ts";
import { type AddressChanges, fieldText } from "../../components/time-range/time-range.ts";
import { t } from "../../language/translate.ts";
import { answeredByName } from "../../words/answered-words.ts";
import { statusName } from "../../words/status-words.ts";
import { callingCode } from "./calling-code.ts";
import { FILTERS } from "./filter-table.ts";

/** A filter by a value of a call. */
export interface CellChoice {
  /** Name of the filter. */
  filter: string;
  /** The value as people know it. */
  value: string;
  /** Changes of the address for only such calls. */
  only: AddressChanges;
  /** Changes of the address that leave such calls out; absent if that is not possible. */
  not?: AddressChanges;
}

interface Options {
  address: URLSearchParams;
  /** Zone of the day. */
  zone: string;
}

/** A value of a call, with the parameter of its filter; shown as its label, if it has one. */
interface CellValue {
  param: string;
  value: string | number | null | undefined;
  label?: string | number | null | undefined;
}

function numbers(param: string, number: string | null | undefined): CellValue[] {
  const code = callingCode(number ?? "");
  return [
    { param, value: number },
    { param, value: code, label: code && t("numbers with {code}", { code }) },
  ];
}

/** The values of each column that can be filtered by. */
const OF_COLUMN: Readonly<Record<string, (call: CallLogView) => CellValue[]>> = {
  status: ({ status }) => [{ param: "status", value: status, label: status && statusName(status) }],
  to: ({ toNumber }) => numbers("to", toNumber),
  from: ({ fromNumber }) => numbers("number-from", fromNumber),
  user: ({ user }) => [{ param: "user", value: user?._id, label: user?.name ?? user?.email }],
  incident: ({ incident }) => [{ param: "incident", value: incident?._id, label: incident?.title }],
  answered: ({ answeredBy }) => [
    { param: "answered", value: answeredBy, label: answeredBy && answeredByName(answeredBy) },
  ],
  attempts: ({ attemptCount }) => [{ param: "attempts", value: attemptCount }],
  provider: ({ provider }) => [{ param: "provider", value: provider }],
  tags: ({ tags }) => (tags ?? []).map((tag) => ({ param: "tag", value: tag })),
};

/** The filters that a cell offers; none for a value that the key sees masked. */
export function cellChoices(call: CallLogView, column: string, options: Options): CellChoice[] {
  if (column === "when") return dayChoice(call, options);
  const isMasked = options.address.has("masked");
  return (OF_COLUMN[column]?.(call) ?? []).flatMap(({ param, value, label }) => {
    const filter = FILTERS.find((known) => known.param === param);
    if (value === undefined || value === null || value === "" || filter === undefined) return [];
    if (isMasked && filter.isMasked) return [];
    const not = `not-${param}`;
    return {
      filter: filter.label,
      value: String(label ?? value),
      only: { [param]: String(value), [not]: undefined },
      not: { [not]: withValue(options.address.get(not), String(value)) },
    };
  });
}

function dayChoice({ createdAt }: CallLogView, { zone }: Options): CellChoice[] {
  if (!createdAt) return [];
  const day = fieldText(new Date(createdAt), zone).slice(0, 10);
  return [
    {
      filter: t("Time"),
      value: day,
      only: { since: day, until: day, range: undefined, zone },
    },
  ];
}

// Several values are left out together.
function withValue(present: string | null, value: string): string {
  const values = (present ?? "").split(",").filter((known) => known !== "" && known !== value);
  return [...values, value].join(",");
}
