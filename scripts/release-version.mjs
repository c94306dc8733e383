const CONSTANT = /(RELEASE_VERSION = )"[^"]*"/;

/** The model's file of the release, with another version. */
export function withReleaseVersion(text, version) {
  if (!CONSTANT.test(text)) throw new Error("the file of the release names no RELEASE_VERSION");
  return text.replace(CONSTANT, `$1${JSON.stringify(version)}`);
}
