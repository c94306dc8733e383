/** Kinds of change in the order of a section, by changesets' word for each. */
const HEADINGS = { major: "Breaking changes", minor: "Features", patch: "Fixes" };

/**
 * A changelog with one more section on top: the changesets' summaries by kind. All packages have one version, that of the plan's first release.
 */
export function changelogWith(text, { changesets, releases }, date) {
  const kinds = Object.entries(HEADINGS).flatMap(([kind, heading]) => {
    const items = changesets.filter((change) => kindOf(change) === kind).map(itemOf);
    return items.length === 0 ? [] : [`### ${heading}\n\n${items.join("\n")}`];
  });
  const title = `## ${releases[0].newVersion} (${date.toISOString().slice(0, 10)})`;
  const first = text.search(/^## /m);
  const [head, rest] = first < 0 ? [text, ""] : [text.slice(0, first), text.slice(first)];
  return `${[head.trim(), title, ...kinds, rest.trim()].filter((part) => part !== "").join("\n\n")}\n`;
}

/** The strongest kind among the packages of a changeset. */
function kindOf({ releases }) {
  return Object.keys(HEADINGS).find((kind) => releases.some(({ type }) => type === kind));
}

/** A list item; lines after the first are indented, so that they stay within it. */
function itemOf({ summary }) {
  return `- ${summary.trim().replaceAll(/\n(?=.)/g, "\n  ")}`;
}
