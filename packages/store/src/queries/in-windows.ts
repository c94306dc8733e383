import { isTimeLimit } from "../database-error.ts";

/** Times from `from` on and before `to`, in milliseconds since 1970. */
interface Span {
  from: number;
  to: number;
}

/** A span of time that is read window by window. */
export interface WindowedSpan {
  span: Span;
  /** 1: from its beginning on; -1: back from its end. */
  direction: 1 | -1;
  /** No window is begun after so many milliseconds, once one has been read. */
  sliceMs: number;
}

/** Reads one window; true when no more is needed. */
export type ReadWindow = (window: Span, options: { maxTimeMS: number }) => Promise<boolean>;

/** Longest time that the database may take for a window, in milliseconds. */
const WINDOW_LIMIT_MS = 1000;
/** The first window is such a part of the span: the whole was too much. */
const FIRST_PART = 64;
/** By how much a window is shortened when it took too long, and lengthened when it was quick. */
const FACTOR = 8;
const SHORTEST_MS = 1000;

/** Reads a span window by window, each as long as the database can read in time; where to go on, undefined at the end. */
export async function inWindows(
  { span, direction, sliceMs }: WindowedSpan,
  read: ReadWindow,
): Promise<number | undefined> {
  const endAt = performance.now() + sliceMs;
  let { from, to } = span;
  let length = Math.max(SHORTEST_MS, Math.ceil((to - from) / FIRST_PART));
  while (from < to) {
    const window =
      direction === 1
        ? { from, to: Math.min(to, from + length) }
        : { from: Math.max(from, to - length), to };
    const began = performance.now();
    let isEnough: boolean;
    try {
      isEnough = await read(window, { maxTimeMS: WINDOW_LIMIT_MS });
    } catch (error) {
      if (!isTimeLimit(error) || length === SHORTEST_MS) throw error;
      length = Math.max(SHORTEST_MS, Math.floor(length / FACTOR));
      continue;
    }
    if (direction === 1) from = window.to;
    else to = window.from;
    if (isEnough || performance.now() >= endAt) break;
    if ((performance.now() - began) * FACTOR * 2 < WINDOW_LIMIT_MS) length *= FACTOR;
  }
  if (from >= to) return undefined;
  return direction === 1 ? from : to;
}
