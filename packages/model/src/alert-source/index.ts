export * from "./alert.ts";
export * from "./alert-call-rule.ts";
export * from "./alert-source.ts";
export * from "./alert-source-kind.ts";
export {
  RENDERED_LIMITS,
  renderTemplate,
  scalarText,
  SPOKEN_NAMES,
  type TemplateData,
  type TemplateNames,
} from "./alert-template.ts";
export { EXAMPLE_BODIES, EXAMPLE_JSON_MAPPING } from "./example-bodies.ts";
export { sourceSnippet, sourceUrl } from "./source-snippet.ts";
export { type JsonMapping, jsonMapping, readMapped } from "./json-mapping.ts";
export { valueAt } from "./json-pointer.ts";
export { BACK_NAMES, type BackTemplate, type BackValues, filledRequest } from "./back-template.ts";
export * from "./back-to-source.ts";
