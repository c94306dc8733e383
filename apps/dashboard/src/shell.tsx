import {
  ActionIcon,
  AppShell,
  Badge,
  Box,
  Button,
  Group,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Link, useLocation } from "wouter";

import { ErrorBoundary } from "./components/error-boundary.tsx";
import { lazyComponent } from "./components/lazy-component.tsx";
import { ZoneName } from "./components/moment.tsx";
import { MAIN, SkipLink } from "./components/skip-link.tsx";
import { errorText } from "./connection/error-text.ts";
import { Foot } from "./foot.tsx";
import { KeyboardShortcuts } from "./keyboard/keyboard-shortcuts.tsx";
import { t } from "./language/translate.ts";
import { PhoneBar, PhoneMenu } from "./phone-bar.tsx";
import { type Place, PLACES } from "./places.ts";
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

/** The navigation, and the screen below it. */
export function Shell({ children }: { children: ReactNode }) {
  const session = useSignedIn();
  const places = PLACES.filter(({ needs }) => session.may.includes(needs));
  return (
    <AppShell header={{ height: { base: 52, lg: 56 } }} padding={{ base: "xs", sm: "md" }}>
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px={{ base: "sm", lg: "md" }} gap="xs" wrap="nowrap">
          <Navigation places={places} />
          <Group gap="xs" wrap="nowrap" miw={0} hiddenFrom="lg">
            <Owner session={session} />
            <Sandbox session={session} />
          </Group>
          <Box ms={{ base: "auto", lg: 0 }}>
            <SearchBox />
          </Box>
          <Group gap="xs" wrap="nowrap" ms="auto" visibleFrom="lg">
            <Sandbox session={session} />
            <StopButton place="header" />
            <Owner session={session} />
            <SessionsLink session={session} />
            <SchemeSwitch />
            <SignOut />
          </Group>
          <Box hiddenFrom="lg">
            <PhoneMenu places={places.filter(({ isInBar }) => !isInBar)}>
              <Group gap="xs" pt="xs">
                <SessionsLink session={session} />
                <SchemeSwitch />
                <SignOut />
              </Group>
            </PhoneMenu>
          </Box>
        </Group>
      </AppShell.Header>
      <KeyboardShortcuts />
      <AppShell.Main id={MAIN} tabIndex={-1}>
        <StatusBar />
        {children}
      </AppShell.Main>
      <Foot />
      <PhoneBar
        places={places.filter(({ isInBar }) => isInBar)}
        stop={<StopButton place="thumb" />}
      />
    </AppShell>
  );
}

function Navigation({ places }: { places: readonly Place[] }) {
  const [location] = useLocation();
  return (
    <Group component="nav" aria-label={t("Main")} gap={4} wrap="nowrap" visibleFrom="lg">
      {places.map(({ path, label }) => (
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
    </Group>
  );
}

function Sandbox({ session }: { session: Session }) {
  if (!isSandbox(session)) return null;
  return (
    <Tooltip
      label={t("No phone rings: a script plays every call.")}
      events={{ hover: true, focus: true, touch: true }}
      withinPortal={false}
    >
      <Badge
        color="yellow"
        variant="filled"
        autoContrast
        style={{ flexShrink: 0 }}
        aria-description={t("No phone rings: a script plays every call.")}
      >
        {t("SANDBOX")}
      </Badge>
    </Tooltip>
  );
}

/** The project, or the installation, and the zone of all times. */
function Owner({ session }: { session: Session }) {
  return (
    <Box miw={0} maw={160} lh={1.2}>
      <OwnerName session={session} />
      <ZoneName />
    </Box>
  );
}

/** With a menu for a person of several projects. */
function OwnerName({ session }: { session: Session }) {
  const owner = session.project?.name ?? t("Operator");
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
      aria-label={t("Your sessions")}
      title={person?.name ?? person?.email ?? t("Your sessions")}
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
      aria-label={isDark ? t("Light colours") : t("Dark colours")}
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
      {t("Sign out")}
    </Button>
  );
}
