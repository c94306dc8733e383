/** An answer with the time when it was asked for, in milliseconds since 1970. */
interface Answer<T> {
  askedAt: number;
  value: T;
}

/** Asks, or gives what another tab of this browser has asked within this time, in milliseconds, so that all tabs together make the requests of one. */
export interface SharedAnswer<T> {
  get(ask: () => Promise<T>): Promise<T>;
  close(): void;
}

let actedAt = 0;

/** What was asked before this moment is not used any more: somebody has just done something here that may change it. */
export function forgetSharedAnswers(): void {
  actedAt = Date.now();
}

/** An answer that tabs with the same name share. */
export function sharedAnswer<T>(name: string, validMs: number): SharedAnswer<T> {
  const channel = new BroadcastChannel(name);
  let heard: Answer<T> | undefined;
  channel.onmessage = ({ data }: MessageEvent<Answer<T>>) => {
    if (heard === undefined || data.askedAt > heard.askedAt) heard = data;
  };
  return {
    async get(ask) {
      const oldest = Math.max(actedAt, Date.now() - validMs);
      if (heard !== undefined && heard.askedAt > oldest) return heard.value;
      const askedAt = Date.now();
      const value = await ask();
      channel.postMessage({ askedAt, value } satisfies Answer<T>);
      return value;
    },
    close: () => channel.close(),
  };
}
