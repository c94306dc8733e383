import { isFinalStatus } from "@call-log/model";
import { Text } from "@mantine/core";

import { api } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { CallAgain } from "./call-again.tsx";
import { CallNow } from "./call-now.tsx";

/** Call again, call now, or cancel: each asks for confirmation, and is hidden from a key without the right. */
export function CallActions({ call }: { call: CallLogView }) {
  const { may } = useSignedIn();
  if (!may.includes("dispatch")) return null;
  const status = call.status ?? "";
  if (status === "Unknown")
    return (
      <Text size="sm">{t("It can be called again once it is known whether it was placed.")}</Text>
    );
  if (isFinalStatus(status)) return <CallAgain call={call} />;
  return (
    <>
      <CallNow call={call} />
      <ConfirmButton
        label={t("Cancel the call")}
        color="red"
        act={async () => api.calls.cancel.mutate({ id: call._id })}
      >
        <Text>
          {t(
            "{number} will not be dialled again. A ringing phone stops; an answered call is hung up.",
            { number: call.toNumber ?? "" },
          )}
        </Text>
      </ConfirmButton>
    </>
  );
}
