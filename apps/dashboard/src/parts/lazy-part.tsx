import { type ComponentType, lazy } from "react";

/** A part of the dashboard whose file did not come; `forget` has it asked for again when it is drawn the next time. */
export class PartMissingError extends Error {
  override readonly name = "PartMissingError";
  readonly forget: () => void;

  constructor(cause: unknown, forget: () => void) {
    super("a file of the dashboard did not come", { cause });
    this.forget = forget;
  }
}

/** A component whose file is loaded when it is drawn first. A file that did not come can be asked for again, which React's own `lazy` can't. */
export function lazyPart<P extends object>(
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
