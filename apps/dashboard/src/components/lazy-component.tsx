import { type ComponentType, lazy, type ReactNode, useState } from "react";

/** A part of the dashboard whose file did not load; after `forget`, the next drawing requests it again. */
export class PartMissingError extends Error {
  override readonly name = "PartMissingError";
  readonly forget: () => void;

  constructor(cause: unknown, forget: () => void) {
    super("a file of the dashboard did not load", { cause });
    this.forget = forget;
  }
}

/** A component whose file loads when it is first drawn, or ahead of that. */
export interface LazyComponent<P extends object> {
  (props: P): ReactNode;
  /** A failure shows when the component is drawn, which requests the file again. */
  loadAhead: () => void;
}

/**
 * A component whose file loads when it is first drawn. Unlike React's `lazy`, it can request a failed file again, and is drawn at
 * once where the file is there: React shows what it waited for 300 ms after the placeholder at the earliest.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): LazyComponent<P> {
  let Loaded: ComponentType<P> | undefined;
  const loaded = async () => {
    const part = await load();
    Loaded = part.default;
    return part;
  };
  const ask = (): ComponentType<P> =>
    lazy(async () => {
      try {
        return await loaded();
      } catch (error) {
        throw new PartMissingError(error, () => {
          Part = ask();
        });
      }
    }) as unknown as ComponentType<P>;
  let Part = ask();
  function LazyPart(props: P) {
    // Another component in its place would lose what was typed into it.
    const [Present] = useState(() => Loaded ?? Part);
    return <Present {...props} />;
  }
  return Object.assign(LazyPart, { loadAhead: () => void loaded().catch(() => undefined) });
}
