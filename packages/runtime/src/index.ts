export type { LimitSettings } from "./limit-settings.ts";
export { closingStack, type Closable, type ClosingStack } from "./closing-stack.ts";
export { connect, type Connections, type ConnectOptions } from "./connect.ts";
export {
  listenSettings,
  processSettings,
  readConfig,
  serverSettings,
  type Config,
  type ProcessSettings,
} from "./process-settings.ts";
export { runProcess, type RunningProcess } from "./run-process.ts";
export { deriveSecrets, type Keyring, type Secrets } from "./secrets/derive-secrets.ts";
export { openSecrets } from "./secrets/open-secrets.ts";
export {
  type OidcSettings,
  oidcSettings,
  type SignInConfig,
  signInSettings,
} from "./sign-in-settings.ts";
export { StartError } from "./start-error.ts";
