import { Alert } from "@mantine/core";

import { errorText } from "../connection/error-text.ts";

/** Alert with the text of an error; empty without one. */
export function ErrorAlert({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title="This did not work">
      {errorText(error)}
    </Alert>
  );
}
