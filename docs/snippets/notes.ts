/** What may stand behind the language of a shell block, with why the tests do not run it, or how they do. */
export const SHELL_NOTES = {
  background: "is run and left running until the end of the page",
  settings: "sets variables that a process reads at its start",
  "starts-a-process": "starts an installation; other tests do",
  "needs-a-carrier": "needs an account and a phone",
  "needs-a-registry": "installs a published package; other tests pack it",
  "needs-other-software": "runs what is not part of call-log",
} as const;

/** Notes behind other languages: the output of the blocks before, an answer of the API, settings of a project, a program that takes webhooks. */
export const OTHER_NOTES = ["output", "answer", "settings", "receiver"] as const;
