import "./zod-without-eval.ts";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.tsx";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { isAnswerLost, isRefused, isSignedOut, isWithoutAnswer } from "./connection/error-text.ts";
import { keepShell } from "./connection/keep-shell.ts";
import { LANGUAGES } from "./language/languages.ts";
import { activeLanguage } from "./language/translate.ts";
import { endSession } from "./session/session.ts";
import { forgetSharedAnswers } from "./status/answer-across-tabs.ts";
import { STATUS } from "./status/status.ts";
import { cssVariables, theme } from "./theme.ts";

// When any request finds that the session has ended, the sign-in is shown.
const onError = (error: unknown) => {
  if (isSignedOut(error)) endSession(queries);
};

/** Delay before a request without an answer is repeated, in milliseconds, while its result is on the screen. */
const ASK_AGAIN_MS = 5000;

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({
    onError(error) {
      onError(error);
      // Reading again shows whether it was done.
      if (isAnswerLost(error)) void queries.invalidateQueries();
    },
    onSettled() {
      forgetSharedAnswers();
      void queries.invalidateQueries({ queryKey: STATUS });
    },
  }),
  defaultOptions: {
    // An action is sent at once or not at all, never queued until the network is back; a failed read shows an error.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      retry: (count, error) => !isRefused(error) && count < 2,
      refetchInterval: ({ state: { error } }) => isWithoutAnswer(error) && ASK_AGAIN_MS,
    },
  },
});

keepShell();

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <DirectionProvider initialDirection={LANGUAGES[activeLanguage()].direction}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <ErrorBoundary>
            <App />
          </ErrorBoundary>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
);
