import { Center, Loader } from "@mantine/core";
import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";

import { Boundary } from "./parts/boundary.tsx";
import { lazyPart } from "./parts/lazy-part.tsx";
import { CallsScreen } from "./screens/calls/calls-screen.tsx";
import { Nothing } from "./screens/nothing.tsx";
import { Trouble } from "./screens/trouble.tsx";
import { useRememberedList } from "./session/last-list.ts";
import { SessionContext } from "./session/session-context.ts";
import { useSession } from "./session/session.ts";
import { Shell } from "./shell.tsx";

const AuditScreen = lazyPart(async () => import("./screens/audit/audit-screen.tsx"));
const CallScreen = lazyPart(async () => import("./screens/call/call-screen.tsx"));
const CostsScreen = lazyPart(async () => import("./screens/costs/costs-screen.tsx"));
const InstallationScreen = lazyPart(
  async () => import("./screens/installation/installation-screen.tsx"),
);
const PlaceScreen = lazyPart(async () => import("./screens/place/place-screen.tsx"));
const RefusedScreen = lazyPart(async () => import("./screens/refused/refused-screen.tsx"));
const SessionsScreen = lazyPart(async () => import("./screens/sessions/sessions-screen.tsx"));
const SettingsScreen = lazyPart(async () => import("./screens/settings/settings-screen.tsx"));
const SignInScreen = lazyPart(async () => import("./screens/sign-in/sign-in-screen.tsx"));
const SystemScreen = lazyPart(async () => import("./screens/system/system-screen.tsx"));

/** The dashboard: sign-in, or the screen of the address. */
export function App() {
  const { session, error } = useSession();
  const [place] = useLocation();
  useRememberedList();
  if (session === undefined) return error ? <Trouble error={error} /> : <Waiting />;
  if (session === null)
    return (
      <Suspense fallback={<Waiting />}>
        <SignInScreen />
      </Suspense>
    );
  return (
    <SessionContext.Provider value={session}>
      <Shell>
        <Boundary place={place}>
          <Suspense fallback={<Waiting />}>
            <Switch>
              <Route path="/sessions" component={SessionsScreen} />
              <Route>{session.project === null ? <OperatorScreens /> : <ProjectScreens />}</Route>
            </Switch>
          </Suspense>
        </Boundary>
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
      <Route path="/costs" component={CostsScreen} />
      <Route path="/system" component={SystemScreen} />
      <Route path="/place" component={PlaceScreen} />
      <Route path="/settings" component={SettingsScreen} />
      <Route path="/audit" component={AuditScreen} />
      <Route path="/refused" component={RefusedScreen} />
      <Route>
        <Nothing>There is no such page.</Nothing>
      </Route>
    </Switch>
  );
}

function OperatorScreens() {
  return (
    <Switch>
      <Route path="/audit" component={AuditScreen} />
      <Route path="/refused" component={RefusedScreen} />
      <Route component={InstallationScreen} />
    </Switch>
  );
}

function Waiting() {
  return (
    <Center h={200}>
      <Loader aria-label="Loading" />
    </Center>
  );
}
