import { Alert, Anchor, Code, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { Moment } from "../../components/moment.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { projectAnchor, PROJECTS } from "../installation/installation.ts";
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
            <ProjectName id={problem.projectId} />
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

/** The project of a problem, for an operator: its name, which leads to its line on the screen of the installation. */
function ProjectName({ id }: { id: string }) {
  const { may } = useSignedIn();
  const { data } = useQuery({
    queryKey: PROJECTS,
    queryFn: ({ signal }) => api.operator.projects.list.query(undefined, { signal }),
    enabled: may.includes("operate"),
  });
  const name = data?.projects.find(({ _id }) => _id === id)?.name;
  if (name === undefined) return <Text size="sm">{t("Project {name}", { name: id })}</Text>;
  return (
    <Text size="sm">
      <Trans
        text="Project <link>{name}</link>"
        values={{ name }}
        parts={{ link: <Anchor href={`#${projectAnchor(id)}`} size="sm" underline="always" /> }}
      />
    </Text>
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
