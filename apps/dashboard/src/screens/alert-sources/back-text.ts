import { t } from "../../language/translate.ts";
import type { Delivery } from "../webhooks/webhooks.ts";

/** What is known of informing a source, in words; the time that belongs to it, where there is one. */
export interface BackText {
  text: string;
  at?: string;
}

/** How far informing the source of an alert has come. */
export function backText(
  delivery: Pick<Delivery, "state" | "tries" | "dueAt" | "endedAt">,
): BackText {
  const { state, tries, dueAt, endedAt } = delivery;
  const last = tries.at(-1);
  const why = [last?.error, last?.answer].filter((part) => part !== undefined && part !== "");
  const at = (time: string | undefined) => (time === undefined ? {} : { at: time });
  if (state === "delivered") {
    const silence = silenceOf(last?.answer);
    const text =
      silence === undefined
        ? t("The source was informed")
        : t("Silenced by silence {silence}", { silence });
    return { text, ...at(endedAt ?? last?.at) };
  }
  if (state === "failed")
    return {
      text: t("The source was not informed: {why}", { why: why.join(": ") }),
      ...at(endedAt ?? last?.at),
    };
  if (last === undefined) return { text: t("The source is being informed") };
  return {
    text: t("Informing the source failed ({why}); next attempt", { why: why.join(": ") }),
    ...at(dueAt),
  };
}

/** The id of the silence in an answer of Alertmanager or Grafana: of the one that was made, or of the one that was there. */
function silenceOf(answer: string | undefined): string | undefined {
  try {
    const { silenceID, id } = (JSON.parse(answer ?? "") ?? {}) as Record<string, unknown>;
    const found = silenceID ?? id;
    return typeof found === "string" ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
