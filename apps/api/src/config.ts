import {
  listenSettings,
  oidcSettings,
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
export function readApiConfig() {
  const config = readConfig(apiSettings, process.env);
  oidcSettings(config, config.PUBLIC_URL);
  return config;
}
