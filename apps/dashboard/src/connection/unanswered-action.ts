import { t } from "../language/translate.ts";

/** An action that was not sent, because the server did not answer the probe before it. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";

  constructor() {
    super(t("Not done: the server did not answer. Try again."));
  }
}

/** An action that was sent, without a readable answer: the server may or may not have done it. */
export class AnswerLostError extends Error {
  override readonly name = "AnswerLostError";

  constructor(cause: unknown) {
    super(
      t(
        "The answer was lost, so this may or may not be done. The page is reading the data again; check it before you try again.",
      ),
      { cause },
    );
  }
}
