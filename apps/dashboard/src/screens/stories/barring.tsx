import { Stack, Text } from "@mantine/core";

import { api } from "../../api.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { Panel } from "../../components/panel.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
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
    <Panel title="Do not call">
      {whole.map((number) => (
        <Stack key={number} gap={6} align="flex-start" data-number={number}>
          <Text>
            <PhoneNumber e164={number} />{" "}
            {blocked.includes(number)
              ? "is on the do-not-call list: it is not called."
              : "may be called."}
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
        label="Allow calls again"
        act={async () => api.projects.doNotCall.remove.mutate({ number })}
      >
        <Text>{number} can be called again. Calls that were refused are not repeated.</Text>
      </ConfirmButton>
    );
  return (
    <ConfirmButton
      label="Do not call this number"
      color="red"
      act={async () => api.projects.doNotCall.add.mutate({ numbers: [number] })}
    >
      <Text>{number} is not called any more. Calls to it that wait end as Failed.</Text>
    </ConfirmButton>
  );
}
