// Checks the custom resources among rendered manifests against the schemas of their definitions, which are installed in a folder of their own.
//   node .ci/custom-resources.mjs RENDERED INSTALLED
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { parseAllDocuments } from "yaml";

const [rendered, installed] = process.argv.slice(2);
const MODELS = {
  ScaledObject: "keda/keda.sh/v1alpha1",
  ServiceMonitor: "prometheus-operator/monitoring.coreos.com/v1",
  PrometheusRule: "prometheus-operator/monitoring.coreos.com/v1",
};
const modules = Object.entries(MODELS).map(async ([kind, folder]) => {
  const file = path.join(installed, "node_modules/@kubernetes-models", folder, `${kind}.js`);
  return (await import(pathToFileURL(file)))[kind];
});
const models = await Promise.all(modules);
const resources = readdirSync(rendered)
  .map((name) => readFileSync(path.join(rendered, name), "utf8"))
  .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
const checked = new Set();
for (const resource of resources) {
  const model = models.find((one) => one.is(resource));
  if (model === undefined) continue;
  new model(resource).validate();
  checked.add(resource.kind);
}
const missing = Object.keys(MODELS).filter((kind) => !checked.has(kind));
if (missing.length > 0) throw new Error(`rendered with no values: ${missing.join(", ")}`);
console.log(`as their definitions describe them: ${[...checked].join(", ")}`);
