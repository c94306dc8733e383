import {
  checkSignIn,
  listenSettings,
  processSettings,
  readConfig,
  serverSettings,
  signInSettings,
} from "@call-log/runtime";

/** Settings of the api process, by the names of their environment variables. */
export const apiSettings = processSettings.extend({
  ...listenSettings.shape,
  ...serverSettings.shape,
  ...signInSettings.shape,
});

/** Read the settings; throws a SettingsError that names every bad one. */
export function readApiConfig(environment = process.env) {
  return readConfig(apiSettings, environment, () => checkSignIn(environment));
}
