/** Something that a person can mend; the message is one line that names the option. */
export class CliError extends Error {
  override readonly name = "CliError";
  /** 1 when it failed, 2 when it was asked for wrongly. */
  readonly exitCode: 1 | 2;

  constructor(
    message: string,
    { exitCode = 1, ...options }: ErrorOptions & { exitCode?: 1 | 2 } = {},
  ) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong: exit code 2. */
export function usageError(message: string): CliError {
  return new CliError(message, { exitCode: 2 });
}
