import { Stack, Text } from "@mantine/core";

import { api } from "../../api.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { Panel } from "../../components/panel.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";

interface Props {
  numbers: readonly string[];
  blocked: readonly string[];
}

/** Whether each number of a person may be called, and the act that changes it. */
export function Barring({ numbers, blocked }: Props) {
  const { may } = useSignedIn();
  // A number that is shown masked says nothing, and can't be acted on.
  const whole = numbers.filter((number) => /^\+\d+$/.test(number));
  if (whole.length === 0) return null;
  return (
    <Panel title={t("Do not call")}>
      {whole.map((number) => (
        <Stack key={number} gap={6} align="flex-start" data-number={number}>
          <Text>
            {blocked.includes(number) ? (
              <Trans
                text="<number/> is on the do-not-call list: it is not called."
                parts={{ number: <PhoneNumber e164={number} /> }}
              />
            ) : (
              <Trans
                text="<number/> may be called."
                parts={{ number: <PhoneNumber e164={number} /> }}
              />
            )}
          </Text>
          {may.includes("administer") && (
            <Change number={number} isBlocked={blocked.includes(number)} />
          )}
        </Stack>
      ))}
    </Panel>
  );
}

function Change({ number, isBlocked }: { number: string; isBlocked: boolean }) {
  if (isBlocked)
    return (
      <ConfirmButton
        label={t("Allow calls again")}
        act={async () => api.projects.doNotCall.remove.mutate({ number })}
      >
        <Text>
          {t("{number} can be called again. Calls that were refused are not repeated.", { number })}
        </Text>
      </ConfirmButton>
    );
  return (
    <ConfirmButton
      label={t("Do not call this number")}
      color="red"
      act={async () => api.projects.doNotCall.add.mutate({ numbers: [number] })}
    >
      <Text>
        {t("{number} is not called any more. Calls to it that wait end as Failed.", { number })}
      </Text>
    </ConfirmButton>
  );
}
