import { type Environment, SettingsError } from "@call-log/model";
import { accountPrefix, type ProviderAccount } from "@call-log/provider";
import { processSettings, readConfig, serverSettings } from "@call-log/runtime";

/** What the settings of the servers are, as far as they can be read. */
export interface SettingsFound {
  /** Lines that name a setting each. */
  problems: string[];
  misspelt: string[];
  publicUrl: string | undefined;
  /** With the address of their carrier, where it has one. */
  accounts: { account: ProviderAccount; apiUrl: string | undefined }[];
}

const CARRIERS: Readonly<Record<string, string>> = {
  twilio: "https://api.twilio.com",
  telnyx: "https://api.telnyx.com",
};
/** Settings by the kind of process: standalone brings its own servers, and simulates without a carrier. */
const SCHEMAS = {
  servers: processSettings.extend(serverSettings.shape),
  standalone: processSettings.extend({
    ...serverSettings.partial().shape,
    PROVIDER: processSettings.shape.PROVIDER.prefault("simulated"),
  }),
};

/** Read the settings of an api or worker, or of standalone, from this environment, all problems at once. */
export function lookAtSettings(
  environment: Environment,
  kind: keyof typeof SCHEMAS = "servers",
): SettingsFound {
  try {
    const config = readConfig(SCHEMAS[kind], environment);
    const accounts = config.accounts.map((account) => ({
      account,
      apiUrl:
        environment[`${accountPrefix(account.name)}API_BASE_URL`] ??
        CARRIERS[account.name.split("-")[0]!],
    }));
    const misspelt = config.misspelt.map(({ name, meant }) => `${name} is no setting; ${meant}?`);
    return { problems: [], misspelt, publicUrl: config.PUBLIC_URL, accounts };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const problems = error.message.split("\n");
    return { problems, misspelt: [], publicUrl: environment["PUBLIC_URL"], accounts: [] };
  }
}
