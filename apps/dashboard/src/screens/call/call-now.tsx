import { WAIT_REASONS } from "@call-log/model";
import { Text, TextInput } from "@mantine/core";
import { useState } from "react";

import { api } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { Moment } from "../../components/moment.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { waitWording } from "../../words/wait-words.ts";

/** Dial a waiting call at once, with a reason; shown for waits that this may skip. */
export function CallNow({ call }: { call: CallLogView }) {
  const [reason, setReason] = useState("");
  const { waitsFor, waitsUntil } = call;
  if (!waitsFor || WAIT_REASONS[waitsFor].callNow !== true) return null;
  return (
    <ConfirmButton
      label={t("Call now")}
      isRefused={reason.trim() === ""}
      act={async () => api.calls.callNow.mutate({ id: call._id, reason })}
      onAsk={() => setReason("")}
    >
      <Text>
        {waitsUntil ? (
          <Trans
            text="{why}; it would be dialled <when/>."
            values={{ why: waitWording(waitsFor) }}
            parts={{ when: <Moment iso={waitsUntil} hasZone /> }}
          />
        ) : (
          `${waitWording(waitsFor)}.`
        )}{" "}
        {t(
          "It is dialled at once instead. A pause, the budget and the numbers that must not be called still hold.",
        )}
      </Text>
      <TextInput
        label={t("Why it cannot wait")}
        required
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmButton>
  );
}
