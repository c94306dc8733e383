import type { Catalogue } from "./translate.ts";

const files = import.meta.glob<Catalogue>("./de/**/*.json", { eager: true, import: "default" });

/** All German texts. */
export default Object.assign({}, ...Object.values(files)) as Catalogue;
