import { NumberInput, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { DialogButton } from "../../components/dialog-button.tsx";
import { DialogForm } from "../../components/dialog-form.tsx";
import { OneTimeSecret } from "../../components/one-time-secret.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";

interface Props {
  id: string;
  /** Its name. */
  name: string;
}

/** Replaces a key: how long the old one stays valid; the new one is shown once. */
export function RotateKey(key: Props) {
  const queries = useQueryClient();
  return (
    <DialogButton
      label={t("Rotate")}
      title={t("Rotate the key")}
      onClose={() => void queries.invalidateQueries({ queryKey: ["keys"] })}
    >
      {(close) => <Rotation {...key} onDone={close} />}
    </DialogButton>
  );
}

function Rotation({ id, name, onDone }: Props & { onDone: () => void }) {
  const [hours, setHours] = useState<string | number>(24);
  const [made, setMade] = useState<string>();
  if (made !== undefined)
    return (
      <OneTimeSecret secret={made} onDone={onDone}>
        {t("Copy it now, into your store of secrets.")}
      </OneTimeSecret>
    );
  return (
    <DialogForm
      submit={t("Rotate the key")}
      fields={["overlapHours"]}
      act={async () => api.keys.rotate.mutate({ id, overlapHours: Number(hours) })}
      onDone={({ key }) => setMade(key)}
    >
      {(errorAt) => (
        <>
          <Text>
            <Trans
              text="A new key replaces <b>{name}</b>, with the same permissions, addresses and expiry."
              values={{ name }}
              parts={{ b: <b /> }}
            />
          </Text>
          <NumberInput
            label={t("The old key stays valid for")}
            suffix={` ${t("hours")}`}
            min={1}
            max={720}
            value={hours}
            {...errorAt("overlapHours")}
            onChange={setHours}
            data-autofocus
          />
        </>
      )}
    </DialogForm>
  );
}
