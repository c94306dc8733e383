import { isFinalStatus, type CallLogView } from "@call-log/model";
import { Text } from "@mantine/core";

import { api } from "../../api.ts";
import { Confirmed } from "../../parts/confirmed.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import { CallAgain } from "./call-again.tsx";
import { CallNow } from "./call-now.tsx";

/** Call again, call now, or cancel: each asks first, and neither is there for a key that may not. */
export function CallActions({ call }: { call: CallLogView }) {
  const { may } = useSignedIn();
  if (!may.includes("dispatch")) return null;
  const status = call.status ?? "";
  // What can be done with it stands in the question whether it was placed.
  if (status === "Unknown") return null;
  if (isFinalStatus(status)) return <CallAgain call={call} />;
  return (
    <>
      <CallNow call={call} />
      <Confirmed
        label="Cancel the call"
        color="red"
        act={async () => api.calls.cancel.mutate({ id: call._id })}
      >
        <Text>
          {call.toNumber} is not dialled any more. A phone that rings stops; a call that is answered
          is hung up.
        </Text>
      </Confirmed>
    </>
  );
}
