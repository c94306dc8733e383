import { XMLParser, XMLValidator } from "fast-xml-parser";

/** A verb of TwiML with what is in it. */
export interface Verb {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Verb[];
}

type Node = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

/** The verbs of a TwiML document, in their order. Throws for what is not well-formed, as Twilio ends such a call with error 12100. */
export function verbsOf(twiml: string): Verb[] {
  const validity = XMLValidator.validate(twiml);
  if (validity !== true) throw new Error(`12100: ${validity.err.msg}`);
  const response = verbs(parser.parse(twiml) as Node[]).find(({ name }) => name === "Response");
  if (response === undefined) throw new Error("12100: there is no Response");
  return response.children;
}

function verbs(nodes: readonly Node[]): Verb[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text" && key !== "?xml");
    if (name === undefined) return [];
    const inner = node[name] as Node[];
    const text = inner.map((child) => textOf(child)).join("");
    const attributes = (node[":@"] ?? {}) as Record<string, string>;
    return [{ name, attributes, text, children: verbs(inner) }];
  });
}

function textOf(node: Node): string {
  const text = node["#text"];
  return typeof text === "string" ? text : "";
}
