/** Called after a test that failed, before it closes what it opened, with a name for files. */
export type OnFailure = (name: string) => Promise<void>;

/** What suites want to keep of a failure, such as pictures of open pages; `vitest.setup.ts` calls them. */
export const onFailure = new Set<OnFailure>();
