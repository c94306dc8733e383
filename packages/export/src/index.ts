export { isGuardedCell, unguardedCell } from "./csv-guard.ts";
export { EVERY_PROPERTY } from "./every-property.ts";
export { exportCalls } from "./export-calls.ts";
export { exportColumns, type ExportColumn } from "./export-column.ts";
export { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, type ExportStyle } from "./export-format.ts";
export { figuresCsv, wholeFigures } from "./figures-csv.ts";
