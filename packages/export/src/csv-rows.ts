// Only a cell of printable ASCII stands bare, with no separator of any country, quote, apostrophe or space at its ends: readers disagree
// on everything else, above all on line breaks of other kinds than the rows'.
const NOT_BARE = /[^\x20-\x7e]|^ | $|[,;|"']/;

/** How rows of CSV are written. */
export const CSV_ROWS = { record_delimiter: "\r\n", quoted_match: NOT_BARE } as const;
