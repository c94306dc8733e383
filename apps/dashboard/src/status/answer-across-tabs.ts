/** An answer with the time of its request, in milliseconds since 1970. */
interface Answer<T> {
  askedAt: number;
  value: T;
}

/** Makes a request, or returns the answer that another tab got within `validMs`, so that all tabs together make the requests of one. */
export interface AnswerAcrossTabs<T> {
  get(ask: () => Promise<T>): Promise<T>;
  close(): void;
}

let actedAt = 0;

/** Discards answers from before now, because an action here may have changed them. */
export function forgetSharedAnswers(): void {
  actedAt = Date.now();
}

/** An answer that tabs share by this name. */
export function answerAcrossTabs<T>(name: string, validMs: number): AnswerAcrossTabs<T> {
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
