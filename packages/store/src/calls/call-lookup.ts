import { type CallRecord, isFinalStatus } from "@call-log/model";

/**
 * What a call is found by beside its own fields. It stands in the document of the call, so that it goes when a text or
 * the whole call is deleted.
 */
export interface CallLookup {
  /** The number that was called, from its end to its beginning. */
  toReversed: string;
  /**
   * Beginnings of the words of its texts, and `MORE_WORDS` if it has more of them than are kept; and every four digits in a
   * row of its number, after a `#`. Each once. Or `TERMS_LATER` alone.
   */
  terms: string[];
}

/** Paths of the fields of a `CallLookup` in a document. */
export const LOOKUP_PATHS = { toReversed: "lookup.toReversed", terms: "lookup.terms" } as const;

/** Digits in a row that a part of a number is found by. */
export const DIGITS_IN_ROW = 4;
/** Characters of a word that it is found by when fewer, or more, of it are typed. */
export const WORD_STARTS = [3, 6] as const;
/** The term of a call that has more beginnings of words than are kept. */
export const MORE_WORDS = "+";
/** The only term of a call that is under way: it gets the others with its last write. */
export const TERMS_LATER = "…";
/** How long a call may go without its terms, in milliseconds; a call that is open for longer gets them meanwhile. */
export const TERMS_WITHIN_MS = 600_000;
/** Most beginnings of words of a call; names come first, then tags, then what was said: about 25 different words. */
const MOST_WORD_STARTS = 36;
const LONGEST_START = Math.max(...WORD_STARTS);

/** A word: a run of letters and digits. */
export const WORD = /[\p{L}\p{M}\p{N}]+/gu;

type Texts = Pick<CallRecord, "toNumber" | "user" | "incident" | "tags" | "callData">;

/**
 * What a call is found by as it is written now. A call that is under way is written some six times within a minute, and
 * a database may write all index entries again each time.
 */
export function currentLookup(record: CallRecord): CallLookup {
  return isUnderWay(record)
    ? { toReversed: reversed(record.toNumber), terms: [TERMS_LATER] }
    : lookupOf(record);
}

function isUnderWay({ status, createdAt, updatedAt }: CallRecord): boolean {
  const isWaiting = status === "Scheduled";
  const isRecent = updatedAt.getTime() - createdAt.getTime() < TERMS_WITHIN_MS;
  return !isFinalStatus(status) && !isWaiting && isRecent;
}

/** All that a call is found by. Takes a document of any age: a field that is no text has no part in it. */
export function lookupOf(call: Texts): CallLookup {
  const toNumber = typeof call.toNumber === "string" ? call.toNumber : "";
  const digits = digitsInRow(toNumber).map(digitsTerm);
  return {
    toReversed: reversed(toNumber),
    terms: [...new Set([...firstStarts(call), ...digits])],
  };
}

// A long text is read no further than its terms are kept.
function firstStarts(call: Texts): Set<string> {
  const starts = new Set<string>();
  for (const start of allStarts(call)) {
    const isFull = starts.size === MOST_WORD_STARTS && !starts.has(start);
    starts.add(isFull ? MORE_WORDS : start);
    if (isFull) return starts;
  }
  return starts;
}

function* allStarts({ user, incident, tags, callData }: Texts): Generator<string> {
  const message = (callData as { message?: unknown } | null | undefined)?.message;
  yield* startsIn([user?.name, user?.email, incident?.title, incident?.name, tags]);
  for (const start of startsIn([message])) if (!isInAnyMessage(start)) yield start;
}

function* startsIn(values: readonly unknown[]): Generator<string> {
  for (const text of values.flat())
    if (typeof text === "string") for (const [word] of text.matchAll(WORD)) yield* startsOf(word);
}

/** True for words such as "to" and "4": nearly every message has some, so that those of messages are not kept. */
export function isInAnyMessage(word: string): boolean {
  return /^(?:[a-z]{1,2}|\d)$/.test(word);
}

/** A text from its end to its beginning. */
export function reversed(text: string): string {
  return Array.from(text).toReversed().join("");
}

/** The term of four digits of a number. */
export function digitsTerm(digits: string): string {
  return `#${digits}`;
}

/** True for a term of digits of a number; all of them are kept. */
export function isOfDigits(term: string): boolean {
  return term.startsWith("#");
}

/** The words of a text, without their letter case as `textPattern` sees it. */
export function wordsIn(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => Array.from(word, withoutCase).join(""));
}

/**
 * The term by which calls are found that have a word that begins so; a word of fewer than three characters is found by the whole
 * of it alone.
 */
export function startOf(word: string): string {
  const characters = Array.from(word);
  const length = WORD_STARTS.findLast((one) => one <= characters.length);
  return characters.slice(0, length).join("");
}

function startsOf(word: string): string[] {
  // A character is at most two units of the string.
  const beginning = word.slice(0, 2 * LONGEST_START);
  const characters = Array.from(beginning, withoutCase);
  const longEnough = WORD_STARTS.filter((length) => length <= characters.length);
  return longEnough.length === 0
    ? [characters.join("")]
    : longEnough.map((length) => characters.slice(0, length).join(""));
}

function digitsInRow(number: string): string[] {
  return (number.match(/\d+/g) ?? []).flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - DIGITS_IN_ROW + 1) }, (_, from) =>
      run.slice(from, from + DIGITS_IN_ROW),
    ),
  );
}

/** Letters that are cases of each other only by way of several letters. */
const SAME_LETTERS: Readonly<Record<string, string>> = {
  "\u1fd3": "\u0390",
  "\u1fe3": "\u03b0",
  "\ufb05": "\ufb06",
};

// Letters that are cases of each other by Unicode's simple folding become one; a case of several letters is none.
function withoutCase(given: string): string {
  // Most letters, and quickly: every write of a call does this.
  if (given < "\u0080") return given.toLowerCase();
  const letter = SAME_LETTERS[given] ?? given;
  const upper = oneOr(letter.toUpperCase(), letter);
  return oneOr(upper.toLowerCase(), upper);
}

function oneOr(text: string, otherwise: string): string {
  return Array.from(text).length === 1 ? text : otherwise;
}
