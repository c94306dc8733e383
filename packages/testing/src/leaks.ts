/** What no log may hold, each with how it looks in the tests. */
const FORBIDDEN = {
  "a phone number": /\+\d{7,15}(?!\d)|(?<!\d)1555\d{7}(?!\d)/,
  "a spoken text": /database of shop\.example|press 4|bluebird|acknowledged\. thank you/i,
  "an API key": /\bcl_[A-Za-z0-9_-]{20,}/,
  "a callback's secret": /\/hooks\/[\w-]+\/[\w-]+\/[\w-]{20,}/,
} as const satisfies Record<string, RegExp>;

/** A line of a log with something that no log may hold. */
export interface Leak {
  what: string;
  line: string;
}

/** The lines of a log that hold a phone number, a spoken text, a key or a secret. */
export function leaksIn(log: string): Leak[] {
  return log.split("\n").flatMap((line) => {
    const found = Object.entries(FORBIDDEN).filter(([, pattern]) => pattern.test(line));
    return found.map(([what]) => ({ what, line }));
  });
}
