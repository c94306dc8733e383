import "./without-eval.ts";
import "@mantine/core/styles.css";
import "./style.css";
import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { isAnswerLost, isRefused, isSignedOut, isWithoutAnswer } from "./api.ts";
import { App } from "./app.tsx";
import { Boundary } from "./parts/boundary.tsx";
import { endSession } from "./session/session.ts";
import { forgetSharedAnswers } from "./status/shared-answer.ts";
import { STATUS } from "./status/status.ts";
import { theme } from "./theme.ts";

// A session that is over shows the sign-in, whichever request noticed it.
const onError = (error: unknown) => {
  if (isSignedOut(error)) endSession(queries);
};

/** What got no answer is asked again this often, in milliseconds, for as long as it is on the screen. */
const ASK_AGAIN_MS = 5000;

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({
    onError(error) {
      onError(error);
      // Whether it was done can be seen by what there is now.
      if (isAnswerLost(error)) void queries.invalidateQueries();
    },
    onSettled() {
      forgetSharedAnswers();
      void queries.invalidateQueries({ queryKey: STATUS });
    },
  }),
  defaultOptions: {
    // An action is sent when it is pressed or not at all, and what can't be read is said: never kept for when the network is back.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      retry: (count, error) => !isRefused(error) && count < 2,
      refetchInterval: ({ state: { error } }) => isWithoutAnswer(error) && ASK_AGAIN_MS,
    },
  },
});

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Boundary>
          <App />
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
