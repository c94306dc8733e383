import { type ComponentType, lazy } from "react";

/** A part of the dashboard whose file did not load; after `forget`, the next drawing requests it again. */
export class PartMissingError extends Error {
  override readonly name = "PartMissingError";
  readonly forget: () => void;

  constructor(cause: unknown, forget: () => void) {
    super("a file of the dashboard did not load", { cause });
    this.forget = forget;
  }
}

/** A component whose file loads when it is first drawn. Unlike React's `lazy`, it can request a failed file again. */
export function lazyComponent<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): ComponentType<P> {
  const ask = (): ComponentType<P> =>
    lazy(async () => {
      try {
        return await load();
      } catch (error) {
        throw new PartMissingError(error, () => {
          Part = ask();
        });
      }
    }) as unknown as ComponentType<P>;
  let Part = ask();
  return function LazyPart(props: P) {
    return <Part {...props} />;
  };
}
