import type { Operation } from "@call-log/model";
import {
  ActionIcon,
  AppShell,
  Badge,
  Button,
  Group,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Link, useLocation } from "wouter";

import { ErrorBoundary } from "./components/error-boundary.tsx";
import { lazyComponent } from "./components/lazy-component.tsx";
import { MAIN, SkipLink } from "./components/skip-link.tsx";
import { errorText } from "./connection/error-text.ts";
import { Foot } from "./foot.tsx";
import { KeyboardShortcuts } from "./keyboard/keyboard-shortcuts.tsx";
import { forgetRecent } from "./search/recent.ts";
import { SearchBox } from "./search/search-box.tsx";
import { useSignedIn } from "./session/session-context.ts";
import {
  isSandbox,
  type Session,
  SESSION_KEY,
  SIGN_OUT_TROUBLE,
  signOut,
} from "./session/session.ts";
import { StatusBar } from "./status/status-bar.tsx";
import { StopButton } from "./stop/stop-button.tsx";

const ProjectSelect = lazyComponent(async () => import("./session/project-select.tsx"));

/** The screens in the navigation, each with the operation that its key needs. */
const PLACES: readonly { path: string; label: string; needs: Operation }[] = [
  { path: "/", label: "Calls", needs: "read" },
  { path: "/figures", label: "Figures", needs: "read" },
  { path: "/costs", label: "Costs", needs: "read" },
  { path: "/system", label: "Health", needs: "read" },
  { path: "/place", label: "Place a call", needs: "dispatch" },
  { path: "/settings", label: "Settings", needs: "administer" },
  { path: "/audit", label: "Audit", needs: "administer" },
  { path: "/", label: "Installation", needs: "operate" },
  { path: "/audit", label: "Audit", needs: "operate" },
  { path: "/webhooks", label: "Webhooks", needs: "operate" },
];

/** The navigation, and the screen below it. */
export function Shell({ children }: { children: ReactNode }) {
  const session = useSignedIn();
  const [location] = useLocation();
  return (
    <AppShell header={{ height: { base: 124, sm: 56 } }} padding={{ base: "xs", sm: "md" }}>
      <SkipLink />
      <AppShell.Header>
        <Group
          h="100%"
          px="md"
          gap="xs"
          justify="space-between"
          wrap="wrap"
          component="nav"
          aria-label="Main"
        >
          <Group gap={4}>
            {PLACES.filter(({ needs }) => session.may.includes(needs)).map(({ path, label }) => (
              <Button
                key={label}
                component={Link}
                href={path}
                size="compact-md"
                variant={location === path ? "light" : "subtle"}
                color="gray"
                c="var(--mantine-color-text)"
                {...(location === path && { "aria-current": "page" })}
              >
                {label}
              </Button>
            ))}
            <SearchBox />
          </Group>
          <Group gap="xs">
            {isSandbox(session) && (
              <Badge color="yellow" variant="filled" autoContrast>
                SANDBOX
              </Badge>
            )}
            <StopButton place="header" />
            <Owner session={session} />
            <SessionsLink session={session} />
            <SchemeSwitch />
            <SignOut />
          </Group>
        </Group>
      </AppShell.Header>
      <KeyboardShortcuts />
      <AppShell.Main id={MAIN} tabIndex={-1}>
        <StatusBar />
        {children}
        <StopButton place="thumb" />
      </AppShell.Main>
      <Foot />
    </AppShell>
  );
}

/** The project, or the installation; with a menu for a person of several projects. */
function Owner({ session }: { session: Session }) {
  const owner = session.project?.name ?? "Operator";
  const name = (
    <Text size="sm" truncate maw={160} dir="auto" title={owner}>
      {owner}
    </Text>
  );
  if (session.projects.length < 2) return name;
  return (
    <ErrorBoundary>
      <Suspense fallback={name}>
        <ProjectSelect session={session} />
      </Suspense>
    </ErrorBoundary>
  );
}

function SessionsLink({ session: { person } }: { session: Session }) {
  return (
    <ActionIcon
      component={Link}
      href="/sessions"
      variant="default"
      aria-label="Your sessions"
      title={person?.name ?? person?.email ?? "Your sessions"}
    >
      <IconUser size={16} />
    </ActionIcon>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="default"
      aria-label={isDark ? "Light colours" : "Dark colours"}
      onClick={() => setColorScheme(isDark ? "light" : "dark")}
    >
      {isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
    </ActionIcon>
  );
}

function SignOut() {
  const queries = useQueryClient();
  const leave = async () => {
    forgetRecent();
    // Remove the screens first, so that none of them makes a request without a session.
    queries.setQueryData(SESSION_KEY, null);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
    try {
      await signOut();
    } catch (error) {
      queries.setQueryData(SIGN_OUT_TROUBLE, errorText(error));
    }
  };
  return (
    <Button variant="default" size="compact-sm" onClick={() => void leave()}>
      Sign out
    </Button>
  );
}
