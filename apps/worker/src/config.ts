import {
  processSettings,
  readConfig,
  serverSettings,
  workerListenSettings,
} from "@call-log/runtime";

/** Settings of the worker process, by the names of their environment variables. */
export const workerSettings = processSettings.extend({
  ...workerListenSettings.shape,
  ...serverSettings.shape,
});

/** Read the settings; throws a SettingsError that names every bad one. */
export function readWorkerConfig(environment = process.env) {
  return readConfig(workerSettings, environment);
}
