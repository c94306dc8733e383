/** Address of the list of all calls with these statuses. */
export function callsHref(statuses: readonly string[]): string {
  return `/?${new URLSearchParams({ status: statuses.join(",") }).toString()}`;
}
