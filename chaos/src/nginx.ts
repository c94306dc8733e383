import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { freePort } from "@call-log/runtime";

import { supervise } from "./supervised-process.ts";

/** What nginx is started with. */
export interface NginxOptions {
  program: string;
  /** For its files alone. */
  folder: string;
  /** Ports of the servers behind it. */
  ports: readonly number[];
}

/** Start nginx before several apis, as an operator would; a request that one of them can't take goes to the next. */
export async function startNginx({ program, folder, ports }: NginxOptions) {
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "nginx.conf");
  await writeFile(file, configuration(folder, port, ports));
  const nginx = supervise({ name: "nginx", file: program, args: ["-p", folder, "-c", file] });
  return { port, close: () => nginx.close() };
}

function configuration(folder: string, port: number, ports: readonly number[]): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name};`)
    .join("\n");
  const servers = ports
    .map((one) => `    server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`)
    .join("\n");
  return `daemon off;
master_process off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
${temporary}
  access_log off;
  upstream apis {
${servers}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 10m;
    location / {
      proxy_pass http://apis;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_connect_timeout 1s;
    }
  }
}
`;
}
