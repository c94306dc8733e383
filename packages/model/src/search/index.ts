export { searchInput } from "./search-input.ts";
export { type SearchTerms, searchTerms } from "./search-terms.ts";
