import { dollars } from "@call-log/model";
import { List, Loader, Group, Table, Text } from "@mantine/core";

import { calleeTime } from "../../format/callee-time.ts";
import { Moment } from "../../format/moment.tsx";
import { callsInWords } from "./bulk-action.ts";
import type { BulkPreview } from "./bulk-preview.ts";
import { CallLinks } from "./call-links.tsx";
import type { LookedAt } from "./use-bulk-preview.ts";

/** Number of groups of time zones that are shown, those with the most calls first. */
const MOST_ZONES = 5;

/** Preview of calling many calls again: likely cost, local times, calls that wait, calls that will be refused. */
export function BulkRetryPreview({ looked, total }: { looked: LookedAt; total: number }) {
  const { preview, isReady, error } = looked;
  if (!isReady)
    return error ? null : (
      <Group gap="xs">
        <Loader size="sm" aria-label="Checking each call" />
        <Text size="sm">
          {preview.looked.toLocaleString("en")} of {callsInWords(total)} looked at
        </Text>
      </Group>
    );
  return (
    <div data-outlook>
      {preview.ids.length > 0 && <Facts preview={preview} />}
      {preview.before.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {callsInWords(preview.before.length)}: already called again, so skipped
          </Text>
          <CallLinks ids={preview.before.map(({ to }) => to)} />
        </>
      )}
      {preview.refused.size > 0 && (
        <>
          <Text size="sm" mt="xs">
            Skipped, because they would be refused:
          </Text>
          <List size="sm">
            {[...preview.refused].map(([reason, calls]) => (
              <List.Item key={reason}>
                {callsInWords(calls)}: {reason}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  );
}

function Facts({ preview }: { preview: BulkPreview }) {
  const zones = [...preview.zones].toSorted(([, a], [, b]) => b - a);
  const rest = zones.slice(MOST_ZONES).reduce((sum, [, calls]) => sum + calls, 0);
  const now = new Date();
  return (
    <Table aria-label="Before calling again">
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={110}>Price</Table.Th>
          <Table.Td>{priceText(preview)}</Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>Local time</Table.Th>
          <Table.Td>
            {zones.slice(0, MOST_ZONES).map(([names, calls]) => (
              <Text key={names} size="sm">
                {callsInWords(calls)}: {calleeTime(JSON.parse(names) as string[], now)}
              </Text>
            ))}
            {rest > 0 && <Text size="sm">{callsInWords(rest)} elsewhere</Text>}
          </Table.Td>
        </Table.Tr>
        {preview.quiet.size > 0 && (
          <Table.Tr>
            <Table.Th>Quiet hours</Table.Th>
            <Table.Td>
              {[...preview.quiet].map(([until, calls]) => (
                <Text key={until} size="sm">
                  {calls === 1 ? "1 call waits" : `${callsInWords(calls)} wait`} until{" "}
                  <Moment iso={until} />
                </Text>
              ))}
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}

function priceText({ ids, usdCents, unpriced }: BulkPreview): string {
  if (unpriced === ids.length) return "unknown: no call to these countries has a price yet";
  const sum = `about ${dollars(Math.round(usdCents * 100) / 100)}, using the mean of each country in 90 days`;
  return unpriced === 0 ? sum : `${sum}, without ${callsInWords(unpriced)} without a known price`;
}
