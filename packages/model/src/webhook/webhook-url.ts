import { z } from "zod";

const MAX_LENGTH = 2048;

/** Why an address can't be one of a webhook, or undefined. Which addresses are reachable is decided where requests leave. */
export function refusalOfWebhookUrl(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    return "must be an http or https address, such as https://hooks.example.com/calls";
  if (url.username !== "" || url.password !== "")
    return "must have no user or password in it; webhooks are signed";
  if (url.hash !== "") return "must have no fragment (#…)";
  return undefined;
}

/** An address that webhooks go to. */
export const webhookUrl = z
  .string({ error: "must be an address as text" })
  .trim()
  .superRefine((text, context) => {
    const message = refusalOfWebhookUrl(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .meta({
    maxLength: MAX_LENGTH,
    format: "uri",
    description: "Where events are posted, http or https",
    example: "https://hooks.example.com/calls",
  });
