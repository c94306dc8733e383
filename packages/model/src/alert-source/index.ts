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
} from "./alert-template.ts";
export { type JsonMapping, jsonMapping, readMapped } from "./json-mapping.ts";
export { valueAt } from "./json-pointer.ts";
export { type BackTemplate, type BackValues, filledRequest } from "./back-template.ts";
export * from "./back-to-source.ts";
