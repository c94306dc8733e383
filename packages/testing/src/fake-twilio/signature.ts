import { createHmac } from "node:crypto";

/**
 * Signature of a callback, from Twilio's written rule: HMAC-SHA1, keyed with the account's token, of the address and each parameter's name
 * and value, names sorted, in base64. Written apart from the SDK, so that its check proves something.
 */
export function twilioSignature(
  authToken: string,
  url: string,
  form: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(form).toSorted();
  const text = url + names.map((name) => name + form[name]).join("");
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}
