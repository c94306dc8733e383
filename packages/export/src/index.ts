export { withFormula } from "./csv-formula.ts";
export { EVERY_PROPERTY } from "./every-property.ts";
export { exportCalls } from "./export-calls.ts";
export { EXPORT_FORMAT_NAMES, EXPORT_FORMATS } from "./export-format.ts";
