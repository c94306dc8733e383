/** A Chart.yaml of this version, which runs this release; throws if it has no place for both. */
export function withChartVersion(chart, version) {
  const places = [/^version: .*$/m, /^appVersion: .*$/m];
  if (!places.every((place) => place.test(chart)))
    throw new Error("Chart.yaml has no lines version: and appVersion:");
  return chart
    .replace(places[0], `version: ${version}`)
    .replace(places[1], `appVersion: "${version}"`);
}
