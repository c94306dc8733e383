/** Most attempts of a provider that are remembered. */
const MOST_REMEMBERED = 10;
/** For how long they are, in milliseconds: longer than the callbacks of one call are repeated. */
const REMEMBERED_MS = 86_400_000;

/** What one process knows of the callbacks of a provider; times are ISO text. */
export interface ProviderSilence {
  /** When it recorded the last callback; absent for none. */
  heardAt?: string | undefined;
  /** Attempts that go on at the provider, though none of their callbacks has come: by id, when that was first seen. */
  silent: Readonly<Record<string, string>>;
}

/** Notices providers whose calls go on, as they say when they are asked, but whose callbacks do not come. */
export interface CallbackSilence {
  /** A callback of a provider is recorded. */
  hear(provider: string): void;
  /** A look-up has shown an attempt to go on, of which no callback has come. */
  miss(provider: string, attemptId: string): void;
  /** By provider. */
  read(): Record<string, ProviderSilence>;
}

/** Attempts of a provider whose callbacks did not come, since the last callback that did. */
export interface SilentProvider {
  provider: string;
  attempts: number;
}

/** A silence in memory, on a clock. */
export function createCallbackSilence(now: () => Date): CallbackSilence {
  const heard = new Map<string, string>();
  const missed = new Map<string, Map<string, string>>();
  return {
    hear(provider) {
      heard.set(provider, now().toISOString());
      missed.delete(provider);
    },
    miss(provider, attemptId) {
      const attempts = missed.get(provider) ?? new Map<string, string>();
      missed.set(provider, attempts);
      if (!attempts.has(attemptId)) attempts.set(attemptId, now().toISOString());
      const [oldest] = attempts.keys();
      if (attempts.size > MOST_REMEMBERED && oldest !== undefined) attempts.delete(oldest);
    },
    read() {
      const names = new Set([...heard.keys(), ...missed.keys()]);
      const silences = [...names].map((provider): [string, ProviderSilence] => [
        provider,
        { heardAt: heard.get(provider), silent: Object.fromEntries(missed.get(provider) ?? []) },
      ]);
      return Object.fromEntries(silences);
    },
  };
}

/** What several processes know together: the providers that have missing callbacks since the last one that any of the processes recorded. */
export function silentProviders(
  silences: readonly Readonly<Record<string, ProviderSilence>>[],
  now: Date,
): SilentProvider[] {
  const names = new Set(silences.flatMap((one) => Object.keys(one)));
  return [...names].flatMap((provider) => {
    const of = silences.flatMap((one) => one[provider] ?? []);
    const oldest = new Date(now.getTime() - REMEMBERED_MS).toISOString();
    const since = of.reduce((last, { heardAt = "" }) => (heardAt > last ? heardAt : last), oldest);
    const silent = of.flatMap((one) => Object.entries(one.silent));
    const attempts = new Set(silent.flatMap(([id, at]) => (at > since ? [id] : []))).size;
    return attempts > 0 ? [{ provider, attempts }] : [];
  });
}
