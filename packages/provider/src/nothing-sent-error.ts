/** Our own code failed before the request left: for certain, there is no call. `cause` is what it failed with. */
export class NothingSentError extends Error {
  override readonly name = "NothingSentError";

  constructor(cause: unknown) {
    super("the request could not be made; nothing was sent", { cause });
  }
}

/**
 * Make a request that is sent afterwards. What fails here becomes a `NothingSentError`, and ends the call as a defect; what a provider
 * throws outside of this leaves the call unknown, since the request may have left.
 */
export function beforeSending<Request>(make: () => Request): Request {
  try {
    return make();
  } catch (cause) {
    throw new NothingSentError(cause);
  }
}
