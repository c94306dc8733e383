import { Alert } from "@mantine/core";

import { errorText } from "../api.ts";

/** An error in words; nothing while there is none. */
export function Trouble({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title="That did not work">
      {errorText(error)}
    </Alert>
  );
}
