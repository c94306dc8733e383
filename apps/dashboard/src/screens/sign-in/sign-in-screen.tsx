import { SIGN_IN_PROBLEMS, type SignInProblem } from "@call-log/model";
import { Alert, Button, Center, Divider, Group, Loader, Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "wouter";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { LanguageSelect } from "../../language/language-select.tsx";
import { t } from "../../language/translate.ts";
import { SESSION_ENDED, SIGN_OUT_TROUBLE, signInMethods } from "../../session/session.ts";
import { signInProblem } from "../../words/sign-in-words.ts";
import { ApiKeyForm } from "./api-key-form.tsx";

/** Sign in at the organization's identity provider, or with an API key, as configured. */
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
          <ScreenTitle tab={t("Sign in")}>call-log</ScreenTitle>
          <Problem />
          <Ended />
          <SignOutTrouble />
          <ErrorAlert error={error} />
          {methods === undefined && !error && <Loader aria-label={t("Loading")} />}
          {typeof methods?.oidcUrl === "string" && (
            <Button component="a" href={`${methods.oidcUrl}?returnTo=${wantedPage()}`}>
              {t("Sign in with your organization")}
            </Button>
          )}
          {typeof methods?.oidcUrl === "string" && methods.apiKey && <Divider label={t("or")} />}
          {methods?.apiKey && <ApiKeyForm isMain={methods.oidcUrl === null} />}
          <Group justify="center">
            <LanguageSelect />
          </Group>
        </Stack>
      </Paper>
    </Center>
  );
}

/** Why the last sign-in failed, from the address. */
function Problem() {
  const problem = new URLSearchParams(useSearch()).get("problem");
  if (problem === null || !Object.hasOwn(SIGN_IN_PROBLEMS, problem)) return null;
  return (
    <Alert color="bad" variant="light" role="alert" title={t("You are not signed in")}>
      {signInProblem(problem as SignInProblem)}
    </Alert>
  );
}

/** Notice that the session has ended. */
function Ended() {
  const { data: hasEnded } = useQuery<boolean>({ queryKey: SESSION_ENDED, enabled: false });
  if (!hasEnded) return null;
  return (
    <Alert color="warn" variant="light" role="alert" title={t("Your session is over")}>
      {t("It expired, or it or its key was revoked. Sign in again.")}
    </Alert>
  );
}

/** Warning that signing out failed, so the session may continue. */
function SignOutTrouble() {
  const { data: trouble } = useQuery<string>({ queryKey: SIGN_OUT_TROUBLE, enabled: false });
  if (trouble === undefined) return null;
  return (
    <Alert color="bad" variant="light" role="alert" title={t("The session may still be open")}>
      {trouble} {t("Reload this page. If you are still signed in, sign out again.")}
    </Alert>
  );
}

function wantedPage(): string {
  const { pathname, search } = location;
  return encodeURIComponent(pathname === "/sign-in" ? "/" : `${pathname}${search}`);
}
