import { Alert, Anchor, Code, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import type { HealthProblem, Way } from "./health-problems.ts";
import { HeldCalls } from "./held-calls.tsx";

/** What is wrong now: each problem in words, since when, and the way to mend it; or that nothing is. */
export function Problems({ problems, isLive }: { problems: HealthProblem[]; isLive: boolean }) {
  const own = useSignedIn().project?._id;
  if (problems.length === 0 && isLive) return <Text data-fine>{t("No problem is known.")}</Text>;
  return (
    <Stack gap="xs">
      {problems.map((problem) => (
        <Alert
          key={problem.id}
          color={problem.severity === "critical" ? "bad" : "warn"}
          variant="light"
          role="alert"
          title={problem.title}
          data-problem={problem.kind}
        >
          <Text size="sm">
            <span lang={problem.lang}>{problem.text}</span>
            {problem.since !== undefined && (
              <>
                {" "}
                <Trans
                  text="Since <time/>."
                  parts={{ time: <Moment iso={problem.since} hasAge /> }}
                />
              </>
            )}
          </Text>
          {problem.projectId !== null && problem.projectId !== own && (
            <Text size="sm">{t("Project {id}", { id: problem.projectId })}</Text>
          )}
          {problem.remedy !== "" && <Text size="sm">{problem.remedy}</Text>}
          {problem.kind === "unknown-held" && problem.projectId === own && <HeldCalls />}
          {problem.command !== undefined && <Command line={problem.command} />}
          {problem.ways.length > 0 && (
            <Group gap="md" mt={4}>
              {problem.ways.map((way) => (
                <WayLink key={way.href} {...way} />
              ))}
            </Group>
          )}
        </Alert>
      ))}
    </Stack>
  );
}

function Command({ line }: { line: string }) {
  return (
    <details>
      <Text component="summary" size="sm">
        {t("On the command line")}
      </Text>
      <Code style={{ overflowWrap: "anywhere" }}>{line}</Code>
    </details>
  );
}

// The browser handles links within this page.
function WayLink({ href, label }: Way) {
  const looks = { size: "sm", underline: "always", fw: 600 } as const;
  if (href.startsWith("#"))
    return (
      <Anchor href={href} {...looks}>
        {label}
      </Anchor>
    );
  return (
    <Anchor component={Link} href={href} {...looks}>
      {label}
    </Anchor>
  );
}
