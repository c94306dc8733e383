import { Stack, Text, Title } from "@mantine/core";

/** What an operator sees: the installation, without any project's calls. */
export default function InstallationScreen() {
  return (
    <Stack maw={1400}>
      <Title order={1} size="h3">
        Installation
      </Title>
      <Text>
        An operator&apos;s key belongs to no project. To see calls, sign in with a key of a project.
      </Text>
    </Stack>
  );
}
