/** The product can't start for a reason that a person can mend; the message is one line that says which. */
export class StartError extends Error {
  override readonly name = "StartError";
}
