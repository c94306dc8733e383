import type { Log } from "@call-log/dispatcher";
import type { InstanceSettings, SecretMark } from "@call-log/store";

import { StartError } from "../start-error.ts";
import { decideMaster, OVERLAP_MS } from "./decide-master.ts";
import { deriveSecrets, type Secrets } from "./derive-secrets.ts";
import type { SecretSettings } from "./secret-settings.ts";
import { fingerprintOf } from "./secret-uses.ts";

/** What the secrets are opened with. */
export interface OpenSecretsOptions {
  instance: InstanceSettings;
  settings: SecretSettings;
  now: () => Date;
  log: Pick<Log, "warn">;
}

/** The secrets that a process has: given by its settings, or kept in the database. */
interface OwnSecrets {
  given?: string | undefined;
  previous?: string | undefined;
  database?: Buffer | undefined;
}

/** The keys of every use. Throws a StartError when the other processes of the installation sign with a secret that this one does not know. */
export async function openSecrets(options: OpenSecretsOptions): Promise<Secrets> {
  const { instance, settings, now, log } = options;
  const { SECRET_KEY: given, SECRET_KEY_PREVIOUS: previous } = settings;
  // With a secret of its own, the installation makes none in the database.
  const database = given === undefined ? await instance.secret() : await instance.findSecret();
  const own = { given, previous, database };
  const fingerprints = {
    current: fingerprintOf(masterOf(own)),
    previous: fingerprintOrNone(previous),
    database: fingerprintOrNone(database),
  };
  const mark = await instance.changeSecretMark((found) => {
    const decision = decideMaster(found, fingerprints, now());
    if (decision.mark === undefined) throw new StartError(refusal(given));
    return decision.mark;
  });
  if (mark.current !== fingerprints.current)
    log.warn({}, "SECRET_KEY is the one before; start this process again with the new one");
  return secretsOf(own, mark);
}

function secretsOf(own: OwnSecrets, mark: SecretMark): Secrets {
  const { given, previous, database } = own;
  const current = { master: masterOf(own) };
  const before = previous === undefined ? [] : [{ master: previous }];
  if (database === undefined || ![mark.current, mark.previous].includes(fingerprintOf(database)))
    return deriveSecrets([current, ...before]);
  const until = new Date(mark.changedAt.getTime() + OVERLAP_MS);
  const databases = given === undefined ? [] : [{ master: database, until }];
  // Releases before this one signed callback addresses with the database's secret itself.
  const callbacks = [{ key: database.toString("base64url"), until }];
  return deriveSecrets([current, ...before, ...databases], { callbacks });
}

function masterOf({ given, database }: OwnSecrets): string | Buffer {
  const master = given ?? database;
  if (master === undefined) throw new Error("there is no master secret");
  return master;
}

function fingerprintOrNone(secret: string | Buffer | undefined): string | undefined {
  return secret === undefined ? undefined : fingerprintOf(secret);
}

function refusal(given: string | undefined): string {
  return given === undefined
    ? "SECRET_KEY: must be set, since this installation has one; to do without, set that one as SECRET_KEY_PREVIOUS"
    : "SECRET_KEY: is not the one of this installation; to change it, set the present one as SECRET_KEY_PREVIOUS";
}
