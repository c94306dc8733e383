import { TRPCClientError } from "@trpc/client";

import { t } from "../language/translate.ts";
import { isEnglish } from "../words/inside-sentence.ts";
import { issueWords } from "../words/issue-words.ts";
import { plainWords } from "./plain-words.ts";
import { AnswerLostError, NotSentError } from "./unanswered-action.ts";

/** Text of an error for people: the server's own words, whether an action was done, or that the server does not answer. */
export function errorText(error: unknown): string {
  if (!isWithoutAnswer(error))
    return plainWords(error instanceof Error ? error.message : String(error));
  if (isAnswerLost(error) || isNotSent(error)) return (error as Error).message;
  return t("The server does not answer. Retrying.");
}

/** The language of an error's text where it is the server's own, else undefined. */
export function errorLanguage(error: unknown): "en" | undefined {
  const message = error instanceof TRPCClientError && error.data ? error.message : undefined;
  return message !== undefined && !isEnglish() && errorText(error) === message ? "en" : undefined;
}

/** True if there is no answer of the server: it was not reached, or its answer could not be read. */
export function isWithoutAnswer(error: unknown): boolean {
  return error instanceof TRPCClientError ? !error.data : error instanceof TypeError;
}

/** True for an action whose answer was lost: it may or may not be done. */
export function isAnswerLost(error: unknown): boolean {
  return error instanceof TRPCClientError && error.cause instanceof AnswerLostError;
}

function isNotSent(error: unknown): boolean {
  return error instanceof TRPCClientError && error.cause instanceof NotSentError;
}

/** True when a repeated request would get the same refusal, so that it is not retried. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const { httpStatus } = (error.data ?? {}) as { httpStatus?: number };
  return httpStatus !== undefined && httpStatus < 500 && httpStatus !== 429;
}

/** True when there is no session, or it has ended. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  return (error.data as { code?: string } | undefined)?.code === "UNAUTHORIZED";
}

/** Text of an error about one of these fields in the active language; undefined when it is about another field. */
export function errorIn(error: unknown, ...places: readonly string[]): string | undefined {
  const problem = problemIn(error, ...places);
  return problem === undefined ? undefined : issueWords(problem);
}

/** The server's words of an error about one of these fields, from "budget.perDayUSD: must be …"; undefined when it is about another field. */
export function problemIn(error: unknown, ...places: readonly string[]): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const [, place, text] = /^([A-Za-z][\w.]*): (.+)$/s.exec(error.message) ?? [];
  if (place === undefined) return undefined;
  return places.some((one) => place === one || place.startsWith(`${one}.`)) ? text : undefined;
}
