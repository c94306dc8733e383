/** A Dockerfile whose image has this version unless its build sets another one; throws if it has no place for it. */
export function withImageVersion(dockerfile, version) {
  const place = /^ARG VERSION=.*$/m;
  if (!place.test(dockerfile)) throw new Error("the Dockerfile has no line ARG VERSION=…");
  return dockerfile.replace(place, `ARG VERSION=${version}`);
}
