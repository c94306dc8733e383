import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { waitFor } from "@call-log/testing";

import { ask } from "./proxy-request.ts";

/** What stands in front of what. */
export interface Place {
  /** Folder for what the proxy writes. */
  folder: string;
  /** Where it listens for the sites of its file, and for one with the proxy's defaults. */
  port: number;
  plain: number;
  /** Where call-log listens, and where one does whose addresses begin with `/voice`. */
  api: number;
  prefixed: number;
}

/** A proxy of Debian: its file in `deploy/`, and how it is started on it. */
export interface Proxy {
  program?: string | undefined;
  /** Path in the checkout. */
  file: string;
  /** Its configuration, from what the file becomes at a place. */
  configuration: (sites: string, place: Place) => string;
  /** What a file's text is replaced by at a place; each has to occur. */
  replaced: (place: Place) => readonly (readonly [from: string, to: string])[];
  arguments: (file: string) => readonly string[];
}

const tls = process.env["TLS_FOLDER"] ?? "";

/** Certificates are names of this machine's test authority; "outside" is every address that is not 127.0.0.x. */
const SHARED = [
  ["hooks.example.com", "localhost"],
  ["10.0.0.0/8", "127.0.0.0/24"],
] as const;

const nginx: Proxy = {
  file: "deploy/nginx/call-log.conf",
  replaced: ({ port, api }) => [
    ...SHARED,
    ["listen 443 ", `listen ${port} `],
    ["/etc/ssl/call-log/", `${tls}/`],
    ["127.0.0.1:3000", `127.0.0.1:${api}`],
  ],
  // The last server has nginx's defaults: another Host, no headers of its own, answers in a buffer.
  configuration: (sites, { folder, plain, api, prefixed }) => `
daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;
events { worker_connections 256; }
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((use) => `${use}_temp_path ${folder}/${use};`).join(" ")}
  ${sites}
  server {
    listen ${plain} ssl;
    ssl_certificate ${tls}/fullchain.pem; ssl_certificate_key ${tls}/privkey.pem;
    location / { proxy_pass http://127.0.0.1:${api}; }
    location /voice/ { proxy_pass http://127.0.0.1:${prefixed}/; }
  }
}`,
  arguments: (file) => ["-e", "stderr", "-p", path.dirname(file), "-c", file],
};

const caddy: Proxy = {
  file: "deploy/caddy/Caddyfile",
  replaced: ({ port, api }) => [
    ...SHARED,
    ["localhost {", `localhost:${port} {\n\ttls ${tls}/fullchain.pem ${tls}/privkey.pem`],
    [
      "calls.example.com {",
      `calls.example.com:${port} {\n\ttls ${tls}/fullchain.pem ${tls}/privkey.pem`,
    ],
    ["127.0.0.1:3000", `127.0.0.1:${api}`],
  ],
  configuration: (sites, { folder, plain, api, prefixed }) => `
{
	admin off
	auto_https disable_redirects
	storage file_system ${folder}
}
${sites}
localhost:${plain} {
	tls ${tls}/fullchain.pem ${tls}/privkey.pem
	handle_path /voice/* {
		reverse_proxy 127.0.0.1:${prefixed}
	}
	handle {
		reverse_proxy 127.0.0.1:${api} {
			header_up Host {upstream_hostport}
		}
	}
}
`,
  arguments: (file) => ["run", "--config", file, "--adapter", "caddyfile"],
};

/** The proxies of `deploy/`: each with its file, and its program where `.ci/proxies` has brought one. */
export const PROXIES = {
  nginx: { ...nginx, program: process.env["NGINX"] },
  caddy: { ...caddy, program: process.env["CADDY"] },
} as const;

/** Starts a proxy at a place; waits until both of its ports answer. */
export async function startProxy(
  { file, configuration, replaced, arguments: argumentsFor, program = "" }: Proxy,
  place: Place,
): Promise<AsyncDisposable> {
  const text = await readFile(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), "utf8");
  const sites = replaced(place).reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`${file} does not have: ${from}`);
    return current.replaceAll(from, to);
  }, text);
  await mkdir(place.folder, { recursive: true });
  const own = path.join(place.folder, "configuration");
  await writeFile(own, configuration(sites, place));
  const env = { ...process.env, HOME: place.folder, XDG_DATA_HOME: place.folder };
  const child = spawn(program, argumentsFor(own), { env, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, "exit");
  const isListening = async (port: number) =>
    ask(`https://localhost:${port}`, "/").then(
      (answer) => {
        answer.close();
        return true;
      },
      () => false,
    );
  await waitFor(async () => (await isListening(place.port)) && (await isListening(place.plain)), {
    describe: program,
    child,
    printed: () => errors,
  });
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
