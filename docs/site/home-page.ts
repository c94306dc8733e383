import { stringify } from "yaml";

import type { Product } from "./product.ts";

const ACTIONS = [
  { theme: "brand", text: "Start in five minutes", link: "/guides/start" },
  { theme: "alt", text: "Place calls", link: "/guides/from-an-app" },
  { theme: "alt", text: "REST API", link: "/reference/api" },
];

const FEATURES = [
  {
    title: "Nothing is dialled twice",
    details:
      "A worker claims an attempt in the database before it asks the carrier. A repeated request is the same call.",
    link: "/reference/reliability",
    linkText: "Measured reliability",
  },
  {
    title: "Nothing is lost, nothing is stuck",
    details:
      "The record is written before its job is queued, and every open call has a time at which it is checked again.",
    link: "/reference/waiting",
    linkText: "When a call waits",
  },
  {
    title: "Nothing is guessed",
    details:
      "When the carrier's answer is lost, the status is Unknown until a callback, a look-up or a person resolves it.",
    link: "/reference/statuses",
    linkText: "Statuses and outcomes",
  },
  {
    title: "Place calls from anything",
    details:
      "REST from any language, a typed client, a queue for pipelines, alerts from Alertmanager and Grafana.",
    link: "/guides/from-any-language",
    linkText: "Place a call",
  },
  {
    title: "Real phones in ten minutes",
    details:
      "Twilio and Telnyx step by step, with fail-over between them. By default a simulated carrier places the calls.",
    link: "/guides/twilio",
    linkText: "Connect Twilio",
  },
  {
    title: "Run it yourself",
    details:
      "One process to try, or as many as you need on MongoDB and Redis, upgraded without downtime. MIT licence.",
    link: "/guides/production",
    linkText: "Go to production",
  },
];

/** The first page of the site, for VitePress' home layout. */
export function homePage({ name, summary }: Pick<Product, "name" | "summary">): string {
  const hero = {
    name,
    text: "Phone calls that your software can trust",
    tagline: summary,
    actions: ACTIONS,
  };
  return `---\n${stringify({ layout: "home", hero, features: FEATURES })}---\n`;
}
