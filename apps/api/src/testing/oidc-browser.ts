import type { FastifyInstance } from "fastify";

/** Where the dashboard of a test seems to be. */
export const DASHBOARD_URL = "http://127.0.0.1:3000";

/** A browser that goes between a server and an identity provider, with a jar of cookies for each. */
export class PersonBrowser {
  readonly cookies = new Map<string, string>();
  readonly #idpCookies = new Map<string, string>();
  readonly #server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  /** Ask the server, with the cookies of before. */
  async ask(url: string, options: { method?: "POST" | "DELETE"; body?: unknown } = {}) {
    const { method, body } = options;
    const answer = await this.#server.inject({
      url,
      ...(method !== undefined && { method }),
      ...(body !== undefined && { payload: JSON.stringify(body) }),
      headers: {
        cookie: headerOf(this.cookies),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
    });
    for (const { name, value } of answer.cookies) this.cookies.set(name, value);
    return answer;
  }

  /** Begin to sign in; the address at the identity provider. */
  async begin(returnTo = "/"): Promise<string> {
    const answer = await this.ask(`/oidc/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    return String(answer.headers.location);
  }

  /** Sign in at the identity provider by a name, or cancel; the path that leads back to the server. */
  async atProvider(address: string, name: string | null): Promise<string> {
    let url = address;
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 10; step++) {
      if (url.startsWith(DASHBOARD_URL)) return url.slice(DASHBOARD_URL.length);
      const answer = await fetch(url, {
        redirect: "manual",
        headers: { cookie: headerOf(this.#idpCookies) },
        ...(form !== undefined && { method: "POST", body: form }),
      });
      for (const one of answer.headers.getSetCookie()) {
        const [name_ = "", value = ""] = one.split(";")[0]!.split("=");
        this.#idpCookies.set(name_, value);
      }
      const location = answer.headers.get("location");
      if (location === null && answer.status !== 200)
        throw new Error(`the identity provider answers ${answer.status}: ${await answer.text()}`);
      form = location === null ? formOf(name) : undefined;
      url = location === null ? url : new URL(location, url).href;
    }
    throw new Error("the identity provider leads in circles");
  }

  /** The whole way; the last answer of the server. */
  async signIn(name: string, returnTo = "/") {
    return this.ask(await this.atProvider(await this.begin(returnTo), name));
  }
}

function formOf(name: string | null): URLSearchParams {
  return new URLSearchParams(name === null ? { cancel: "yes" } : { login: name });
}

function headerOf(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
