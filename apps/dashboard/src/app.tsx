import { Center, Loader, Stack } from "@mantine/core";
import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";

import { decodedAddressPart } from "./components/decoded-address-part.ts";
import { EmptyState } from "./components/empty-state.tsx";
import { ErrorAlert } from "./components/error-alert.tsx";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { lazyComponent } from "./components/lazy-component.tsx";
import { ScreenTitle } from "./components/screen-title.tsx";
import { t } from "./language/translate.ts";
import { CallsScreen } from "./screens/calls/calls-screen.tsx";
import { useRememberedList } from "./session/last-calls-list.ts";
import { SessionContext } from "./session/session-context.ts";
import { useSession } from "./session/session.ts";
import { Shell } from "./shell.tsx";

const AlertSourcesScreen = lazyComponent(
  async () => import("./screens/alert-sources/alert-sources-screen.tsx"),
);
const AuditScreen = lazyComponent(async () => import("./screens/audit/audit-screen.tsx"));
const CallScreen = lazyComponent(async () => import("./screens/call/call-screen.tsx"));
const CostsScreen = lazyComponent(async () => import("./screens/costs/costs-screen.tsx"));
const FiguresScreen = lazyComponent(async () => import("./screens/figures/figures-screen.tsx"));
const IncidentScreen = lazyComponent(async () => import("./screens/stories/incident-screen.tsx"));
const InstallationScreen = lazyComponent(
  async () => import("./screens/installation/installation-screen.tsx"),
);
const PersonScreen = lazyComponent(async () => import("./screens/stories/person-screen.tsx"));
const PlaceScreen = lazyComponent(async () => import("./screens/place/place-screen.tsx"));
const RefusedScreen = lazyComponent(async () => import("./screens/refused/refused-screen.tsx"));
const SessionsScreen = lazyComponent(async () => import("./screens/sessions/sessions-screen.tsx"));
const SettingsScreen = lazyComponent(async () => import("./screens/settings/settings-screen.tsx"));
const SignInScreen = lazyComponent(async () => import("./screens/sign-in/sign-in-screen.tsx"));
const WebhooksScreen = lazyComponent(async () => import("./screens/webhooks/webhooks-screen.tsx"));
const HealthScreen = lazyComponent(async () => import("./screens/health/health-screen.tsx"));

/** The dashboard: sign-in, or the screen of the address. */
export function App() {
  const { session, error } = useSession();
  const [place] = useLocation();
  useRememberedList();
  if (session === undefined) return error ? <Unreachable error={error} /> : <Waiting />;
  if (session === null)
    return (
      <Suspense fallback={<Waiting />}>
        <SignInScreen />
      </Suspense>
    );
  return (
    <SessionContext.Provider value={session}>
      <Shell>
        <ErrorBoundary place={place}>
          <Suspense fallback={<Waiting />}>
            <Switch>
              <Route path="/sessions" component={SessionsScreen} />
              <Route>{session.project === null ? <OperatorScreens /> : <ProjectScreens />}</Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </SessionContext.Provider>
  );
}

function ProjectScreens() {
  return (
    <Switch>
      <Route path="/" component={CallsScreen} />
      <Route path="/sign-in" component={CallsScreen} />
      <Route path="/calls/:id">{({ id }) => <CallScreen key={id} id={id} />}</Route>
      <Route path="/people/:whom">
        {({ whom }) => <PersonScreen key={whom} whom={decodedAddressPart(whom)} />}
      </Route>
      <Route path="/incidents/:id">
        {({ id }) => <IncidentScreen key={id} id={decodedAddressPart(id)} />}
      </Route>
      <Route path="/costs" component={CostsScreen} />
      <Route path="/figures" component={FiguresScreen} />
      <Route path="/system" component={HealthScreen} />
      <Route path="/place" component={PlaceScreen} />
      <Route path="/settings" component={SettingsScreen} />
      <Route path="/audit" component={AuditScreen} />
      <Route path="/refused" component={RefusedScreen} />
      <Route path="/webhooks" component={WebhooksScreen} />
      <Route path="/alert-sources/*?" component={AlertSourcesScreen} />
      <Route>
        <ScreenTitle>{t("Not found")}</ScreenTitle>
        <EmptyState>{t("There is no such page.")}</EmptyState>
      </Route>
    </Switch>
  );
}

function OperatorScreens() {
  return (
    <Switch>
      <Route path="/audit" component={AuditScreen} />
      <Route path="/refused" component={RefusedScreen} />
      <Route path="/webhooks" component={WebhooksScreen} />
      <Route component={InstallationScreen} />
    </Switch>
  );
}

function Unreachable({ error }: { error: unknown }) {
  return (
    <Stack component="main" p="md" maw={640}>
      <ScreenTitle>call-log</ScreenTitle>
      <ErrorAlert error={error} />
    </Stack>
  );
}

function Waiting() {
  return (
    <Center h={200}>
      <Loader aria-label={t("Loading")} />
    </Center>
  );
}
