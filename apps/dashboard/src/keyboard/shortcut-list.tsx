import { Group, Kbd, Modal, Stack, Switch, Table, Title } from "@mantine/core";

import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import {
  CHORDS,
  keyLabel,
  type Shortcut,
  SHORTCUT_PLACES,
  type ShortcutPlace,
  SHORTCUTS,
} from "./shortcuts.ts";
import { useShortcutsSwitch } from "./use-shortcut.ts";

const PLACES = Object.keys(SHORTCUT_PLACES) as ShortcutPlace[];

/** Dialog with all keyboard shortcuts, and a switch for those of single keys. */
export default function ShortcutList({ onClose }: { onClose: () => void }) {
  const [areOn, setOn] = useShortcutsSwitch();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("Keyboard shortcuts")}
      size="lg"
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <Stack>
        <Switch
          label={t("Shortcuts of single keys")}
          description={t(
            "Switch them off if you speak to your computer, or if your screen reader uses these keys. Ctrl+K stays.",
          )}
          checked={areOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        {PLACES.map((place) => (
          <Shortcuts key={place} place={place} />
        ))}
      </Stack>
    </Modal>
  );
}

function Shortcuts({ place }: { place: ShortcutPlace }) {
  const { may } = useSignedIn();
  const single: Shortcut[] = Object.values(SHORTCUTS);
  const rows = [
    ...single
      .filter(({ needs }) => needs === undefined || may.includes(needs))
      .map((one) => ({ ...one, keys: one.keys.split(" ").map(keyLabel) })),
    ...CHORDS.map((one) => ({ ...one, keys: [one.keys] })),
  ].filter(({ where }) => where === place);
  return (
    <section aria-label={SHORTCUT_PLACES[place]}>
      <Title order={3} size="h6">
        {SHORTCUT_PLACES[place]}
      </Title>
      <Table
        verticalSpacing={4}
        aria-label={t("Shortcuts: {place}", { place: SHORTCUT_PLACES[place] })}
      >
        <Table.Tbody>
          {rows.map(({ keys, does }) => (
            <Table.Tr key={`${keys.join(" ")}-${does}`}>
              <Table.Th scope="row" fw={400}>
                {does}
              </Table.Th>
              <Table.Td>
                <Group gap={4} justify="end">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
