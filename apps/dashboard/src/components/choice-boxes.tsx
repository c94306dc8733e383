import { Checkbox, Stack, Text } from "@mantine/core";

interface Props {
  label: string;
  /** Values that are chosen. */
  value: string[];
  error?: string;
  onChange: (value: string[]) => void;
  choices: readonly { value: string; title: string; detail: string }[];
}

/** A group of checkboxes, each with a name and what it stands for. */
export function ChoiceBoxes({ label, value, error, onChange, choices }: Props) {
  return (
    <Checkbox.Group
      label={label}
      value={value}
      onChange={onChange}
      {...(error !== undefined && { error })}
    >
      <Stack gap={6} mt={4}>
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            value={choice.value}
            label={
              <>
                {choice.title}{" "}
                <Text span size="sm" c="dimmed">
                  {choice.detail}
                </Text>
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
