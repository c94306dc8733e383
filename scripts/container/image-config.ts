import type { Step } from "./dockerfile.ts";

/** What an image says of the containers that are made of it. */
export interface ImageConfig {
  environment: Readonly<Record<string, string>>;
  workingDirectory: string;
  user: string;
  entrypoint: readonly string[];
  command: readonly string[];
  healthcheck: readonly string[];
  volumes: readonly string[];
  labels: Readonly<Record<string, string>>;
}

/** Of the base image: a Node.js image has Node.js in /usr/local/bin and begins as root. */
export const BASE_CONFIG: ImageConfig = {
  environment: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
  workingDirectory: "/",
  user: "0:0",
  entrypoint: [],
  command: [],
  healthcheck: [],
  volumes: [],
  labels: {},
};

type Change = (
  config: ImageConfig,
  step: Step,
  args: Readonly<Record<string, string>>,
) => Partial<ImageConfig>;

/** Instructions that change the configuration and no file. */
const CHANGES: Readonly<Record<string, Change>> = {
  ENV: (config, { properties }, args) => ({
    environment: { ...config.environment, ...expanded(properties, args) },
  }),
  LABEL: (config, { properties }, args) => ({
    labels: { ...config.labels, ...expanded(properties, args) },
  }),
  WORKDIR: (_, { words: [folder] }) => ({ workingDirectory: folder! }),
  USER: (_, { words: [user] }) => ({ user: user! }),
  ENTRYPOINT: (_, { words }) => ({ entrypoint: words, command: [] }),
  CMD: (_, { words }) => ({ command: words }),
  VOLUME: (config, { words }) => ({ volumes: [...config.volumes, ...words] }),
  HEALTHCHECK: (_, { text }) => ({
    healthcheck: JSON.parse(text.slice(text.indexOf("["))) as string[],
  }),
  EXPOSE: () => ({}),
};

/** The configuration after a step, or none if the step is of another kind. */
export function configAfter(
  config: ImageConfig,
  step: Step,
  args: Readonly<Record<string, string>>,
): ImageConfig | undefined {
  const change = Object.hasOwn(CHANGES, step.keyword) ? CHANGES[step.keyword] : undefined;
  return change && { ...config, ...change(config, step, args) };
}

function expanded(
  values: Readonly<Record<string, string>>,
  args: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => args[variable] ?? ""),
    ]),
  );
}
