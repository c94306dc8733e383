import { Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import { api } from "../../api.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { DialogButton } from "../../components/dialog-button.tsx";
import { DialogForm } from "../../components/dialog-form.tsx";
import { t } from "../../language/translate.ts";
import { RESOLUTIONS } from "./resolutions.ts";

/** Decisions that need nothing but the decision. */
const AT_ONCE = ["not-placed", "call-again"] as const;

/** The three decisions about an Unknown call, each with what it does before it is done. */
export function DecideButtons({ id }: { id: string }) {
  const { label, effect } = RESOLUTIONS.placed();
  return (
    <>
      <DialogButton label={label}>
        {(close) => (
          <Stack gap="sm">
            <Text>{effect}</Text>
            <PlacedForm id={id} onDone={close} />
          </Stack>
        )}
      </DialogButton>
      {AT_ONCE.map((as) => (
        <DecideAtOnce key={as} id={id} as={as} />
      ))}
    </>
  );
}

function DecideAtOnce({ id, as }: { id: string; as: (typeof AT_ONCE)[number] }) {
  const { label, effect } = RESOLUTIONS[as]();
  return (
    <ConfirmButton label={label} act={async () => api.calls.resolve.mutate({ id, as })}>
      <Text>{effect}</Text>
    </ConfirmButton>
  );
}

function PlacedForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [providerCallId, setProviderCallId] = useState("");
  return (
    <DialogForm
      submit={t("Take over this call")}
      fields={["providerCallId"]}
      act={async () => api.calls.resolve.mutate({ id, as: "placed", providerCallId })}
      changes={[]}
      onDone={onDone}
    >
      {(errorAt) => (
        <TextInput
          label={t("Id of the call at the provider")}
          required
          data-autofocus
          value={providerCallId}
          onChange={(event) => setProviderCallId(event.currentTarget.value)}
          {...errorAt("providerCallId")}
        />
      )}
    </DialogForm>
  );
}
