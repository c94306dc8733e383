import { SIGN_IN_PROBLEMS, type SignInProblem } from "@call-log/model";
import { Alert, Button, Center, Divider, Loader, Paper, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "wouter";

import { SESSION_ENDED, SIGN_OUT_TROUBLE, signInMethods } from "../../session/session.ts";
import { Trouble } from "../trouble.tsx";
import { ApiKeyForm } from "./api-key-form.tsx";

/** Sign in by name at the organization's identity provider, or with an API key, as the server has it. */
export default function SignInScreen() {
  const { data: methods, error } = useQuery({
    queryKey: ["sign-in-methods"],
    queryFn: signInMethods,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Center mih="90vh" p="md" component="main">
      <Paper withBorder p="lg" w={420} maw="100%">
        <Stack>
          <Title order={1} size="h3">
            call-log
          </Title>
          <Problem />
          <Ended />
          <SignOutTrouble />
          <Trouble error={error} />
          {methods === undefined && !error && <Loader aria-label="Loading" />}
          {typeof methods?.oidcUrl === "string" && (
            <Button component="a" href={`${methods.oidcUrl}?returnTo=${wantedPage()}`}>
              Sign in with your organization
            </Button>
          )}
          {typeof methods?.oidcUrl === "string" && methods.apiKey && <Divider label="or" />}
          {methods?.apiKey && <ApiKeyForm isMain={methods.oidcUrl === null} />}
        </Stack>
      </Paper>
    </Center>
  );
}

/** Why the last sign-in failed, when the server has sent the person back here for it. */
function Problem() {
  const problem = new URLSearchParams(useSearch()).get("problem");
  if (problem === null || !Object.hasOwn(SIGN_IN_PROBLEMS, problem)) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title="You are not signed in">
      {SIGN_IN_PROBLEMS[problem as SignInProblem]}
    </Alert>
  );
}

/** Why somebody who was signed in is here. */
function Ended() {
  const { data: hasEnded } = useQuery<boolean>({ queryKey: SESSION_ENDED, enabled: false });
  if (!hasEnded) return null;
  return (
    <Alert color="yellow" variant="outline" role="alert" title="Your session is over">
      It has lasted as long as sessions do, or it or its key was revoked. Sign in again.
    </Alert>
  );
}

/** The session goes on when the server could not be told that it has ended. */
function SignOutTrouble() {
  const { data: trouble } = useQuery<string>({ queryKey: SIGN_OUT_TROUBLE, enabled: false });
  if (trouble === undefined) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title="The session may still be open">
      {trouble} Load this page again: if you are still signed in, sign out once more.
    </Alert>
  );
}

function wantedPage(): string {
  const { pathname, search } = location;
  return encodeURIComponent(pathname === "/sign-in" ? "/" : `${pathname}${search}`);
}
