export type { LimitSettings } from "./limit-settings.ts";
export { closingStack, type Closable, type ClosingStack } from "./closing-stack.ts";
export { freePort } from "./free-port.ts";
export { logOptions } from "./log-options.ts";
export { connect, type Connections, type ConnectOptions } from "./connect.ts";
export {
  listenSettings,
  processSettings,
  serverSettings,
  type ProcessSettings,
} from "./process-settings.ts";
export { readConfig, type Config } from "./read-config.ts";
export { runProcess, type RunningProcess } from "./run-process.ts";
export { deriveSecrets, type Keyring, type Secrets } from "./secrets/derive-secrets.ts";
export { openSecrets } from "./secrets/open-secrets.ts";
export {
  checkSignIn,
  type OidcSettings,
  oidcSettings,
  type SignInConfig,
  signInSettings,
} from "./sign-in-settings.ts";
export { StartError } from "./start-error.ts";
