/** Features of the embedded MongoDB that the tests of the store do not use, with the reason why each is kept. */
export const KEPT_FEATURES: Readonly<Record<string, string>> = {
  "command buildInfo": "mongosh and other drivers ask for it when they connect",
  "command getMore": "a driver sends it for a result of more than one batch",
  "command isMaster": "older drivers greet with it",
  "command killCursors": "a driver sends it for a cursor that is closed before its end",
  "command listCollections": "lists what a database holds",
  "command saslContinue": "signs in; the databases of the tests ask for no password",
  "command saslStart": "signs in; the databases of the tests ask for no password",
  "index option unique": "the usual guard of a second writer; dropping it silently would be wrong",
  "option *.$readPreference":
    "drivers send it to a server that they take for a secondary or a mongos",
  "option find.batchSize": "drivers send it for a cursor with a batch size of its own",
  "option getMore.batchSize": "drivers send it for a cursor with a batch size of its own",
  "option killCursors.cursors": "belongs to killCursors",
  "option listCollections.authorizedCollections": "the driver sends it with its default",
  "option listCollections.cursor": "the driver sends it with its default",
  "option listCollections.filter": "the driver sends it with its default",
  "option listCollections.nameOnly": "the driver sends it with its default",
};

/** What tests send on purpose to be refused. */
export const SENT_TO_BE_REFUSED: Readonly<Record<string, string>> = {
  "command noSuchCommand": "apps/api/src/errors.test.ts: how an error of the database is answered",
};

/** What is sent and supported, as `kind name`. */
export interface FeatureSets {
  readonly sent: ReadonlySet<string>;
  readonly supported: ReadonlySet<string>;
  /** Whether everything that call-log sends was sent, so that what is missing is never sent. */
  readonly isComplete: boolean;
}

/** The differences between what is sent to the embedded MongoDB and what it supports, a line each. */
export function featureFaults({ sent, supported, isComplete }: FeatureSets): string[] {
  const refused = [...sent].filter((name) => !supported.has(name) && !(name in SENT_TO_BE_REFUSED));
  const faults = refused.map((name) => `${name}: is sent, but not supported`);
  if (!isComplete) return faults;
  const unused = [...supported].filter((name) => !sent.has(name) && !(name in KEPT_FEATURES));
  const needless = Object.keys(KEPT_FEATURES).filter((name) => !supported.has(name));
  return [
    ...faults,
    ...unused.map((name) => `${name}: is supported, but never sent`),
    ...needless.map((name) => `${name}: is listed as kept, but not supported`),
  ];
}
