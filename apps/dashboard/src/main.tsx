import "./without-eval.ts";
import "@mantine/core/styles.css";
import "./style.css";
import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { isSignedOut } from "./api.ts";
import { App } from "./app.tsx";
import { SESSION_KEY } from "./session/session.ts";
import { theme } from "./theme.ts";

// A session that is over shows the sign-in, whichever request noticed it.
const onError = (error: unknown) => {
  if (isSignedOut(error)) queries.setQueryData(SESSION_KEY, null);
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: (count, error) => !isSignedOut(error) && count < 2 } },
});

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
