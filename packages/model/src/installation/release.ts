/** The release of every package of this repository; `npm run version` raises it with theirs. */
export const RELEASE_VERSION = "0.1.0";

/** Version of the API; it is raised when a client that works now would break. */
export const API_VERSION = 1;

/** The commit that the package `call-log` was built from; its build writes it here. Undefined in a checkout. */
export const SOURCE_COMMIT: string | undefined = undefined;
