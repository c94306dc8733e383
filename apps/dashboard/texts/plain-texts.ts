import { childrenOf, nameOf, type SourceFile, type SyntaxNode } from "./syntax.ts";

/** Attributes and properties whose value people read; a single word in lower case counts there as well. */
const READ_BY_PEOPLE =
  /^(?:alt|aria-?(?:description|label|roledescription|valuetext)|caption|children|description|error|heading|help|hint|label|message|note|placeholder|subtitle|text|title|tooltip|unit|words?)$/i;

/** Attributes and properties whose values are for programs. */
const FOR_PROGRAMS =
  /^(?:accept|aria-keyshortcuts|autoComplete|className|color|component|fill|fontFamily\w*|_type|gap|gridTemplateColumns|href|id|key|mask|meaning|media|pattern|points|rel|role|style|styles|target|to|transform|type|viewBox)$/;

/** Calls whose texts nobody reads in the dashboard: errors of programmers, selectors, keys of storage. */
const CALLS_FOR_PROGRAMS =
  /^(?:DateTimeFormat|getItem|lazyComponent|localDates|matchMedia|querySelector(?:All)?|RegExp|setItem|startsWith|endsWith|includes|matches|closest|replace|replaceAll|split|addEventListener|Request|URL|fetch)$/;

/** A word with a capital first, or words with spaces: what a person reads, most likely. */
const LOOKS_READ =
  /^\p{Lu}\p{Ll}+$|\p{L}{2,}[,;:.?!]? +\p{L}|\p{L} +\p{L}{2,}|\p{L}{2,}(?: …|[.?!])$/u;

/** A word between two values: ` on `. */
const IS_GLUE = /^ \p{L}{2,}|\p{L}{2,}:? $/u;

/** Colours, addresses, keys, the beginning of a place in an input, placeholders of a template. */
const LOOKS_TECHNICAL =
  /^[#/]|^https?:\/\/\S+$|^[\w-]+(?:\.[\w-]+)+\.?$|^[a-z][A-Za-z]*\.$|^\{\{ \S+ \}\}$/;

const HAS_LETTERS = /\p{L}{2,}/u;

/** Texts of a file that people read and that are not in the catalogue, each with its line. */
export function plainTexts(
  file: SourceFile,
  known: Readonly<Record<string, string>> = {},
): string[] {
  const found: string[] = [];
  const add = (node: SyntaxNode, text: string) => {
    const line = file.text.slice(0, node.start).split("\n").length;
    if (!Object.hasOwn(known, text.trim())) found.push(`${line}: ${text.trim()}`);
  };
  const visit = (node: SyntaxNode, isRead: boolean) => {
    if (isLeftOut(node)) return;
    if (isEnglishFormat(node)) add(node, "toLocaleString: take language/local-format.ts");
    for (const text of textsOf(node))
      if (isText(text.trim(), isRead) || isGlue(node, text)) add(node, text);
    for (const child of toVisit(node)) visit(child, isReadIn(node, child, isRead));
  };
  visit(file.program, false);
  return found;
}

function isText(text: string, isRead: boolean): boolean {
  if (LOOKS_TECHNICAL.test(text)) return false;
  return LOOKS_READ.test(text) || (isRead && HAS_LETTERS.test(text));
}

function isGlue({ type }: SyntaxNode, text: string): boolean {
  return type === "TemplateElement" && IS_GLUE.test(text);
}

function isEnglishFormat(node: SyntaxNode): boolean {
  return node.type === "CallExpression" && /^toLocale\w*String$/.test(calleeOf(node) ?? "");
}

function textsOf(node: SyntaxNode): string[] {
  if (node.type === "JSXText") return [String(node["value"])];
  if (node.type === "Literal") return typeof node["value"] === "string" ? [node["value"]] : [];
  if (node.type !== "TemplateElement") return [];
  return [(node["value"] as { cooked?: string }).cooked ?? ""];
}

/** Whether what is below a node can hold no text of the screen. */
function isLeftOut(node: SyntaxNode): boolean {
  if (/^(?:Import|ExportAll|Throw|TS(?!As|Satisfies|NonNull))/.test(node.type)) return true;
  if (/^(?:Call|New)Expression$/.test(node.type))
    return CALLS_FOR_PROGRAMS.test(calleeOf(node) ?? "");
  if (node.type === "JSXAttribute") return FOR_PROGRAMS.test(nameOf(node["name"]) ?? "");
  if (node.type === "Property") return FOR_PROGRAMS.test(nameOf(node["key"]) ?? "");
  return node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node["operator"]));
}

/** Whether what is in a child is certainly read: it is an element's content, or the value of such an attribute or property. */
function isReadIn(node: SyntaxNode, child: SyntaxNode, isRead: boolean): boolean {
  switch (node.type) {
    case "JSXElement":
    case "JSXFragment":
      return child.type === "JSXText" || child.type === "JSXExpressionContainer";
    case "JSXAttribute":
      return READ_BY_PEOPLE.test(attributeName(node));
    case "Property":
      return child === node["value"] && READ_BY_PEOPLE.test(nameOf(node["key"]) ?? "");
    case "ConditionalExpression":
    case "LogicalExpression":
      return isRead && child !== node["test"];
    case "BinaryExpression":
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
    case "TemplateLiteral":
      return isRead && !(node.type === "TemplateLiteral" && child.type !== "TemplateElement");
    default:
      return false;
  }
}

/** What is below a node, without the texts that are in the catalogue and without names. */
function toVisit(node: SyntaxNode): SyntaxNode[] {
  const children = childrenOf(node);
  if (node.type === "CallExpression" && /^tI?n?$/.test(calleeOf(node) ?? ""))
    return (node["arguments"] as SyntaxNode[]).filter(({ type }) => type === "ObjectExpression");
  if (node.type === "JSXOpeningElement" && nameOf(node["name"]) === "Trans")
    return children.filter((child) => attributeName(child) !== "text");
  if (node.type === "Property" && node["computed"] !== true)
    return children.filter((child) => child !== node["key"]);
  return children;
}

function calleeOf(node: SyntaxNode): string | undefined {
  const callee = node["callee"] as SyntaxNode;
  return nameOf(callee) ?? nameOf(callee["property"]);
}

function attributeName(node: SyntaxNode): string {
  return node.type === "JSXAttribute" ? (nameOf(node["name"]) ?? "") : "";
}
