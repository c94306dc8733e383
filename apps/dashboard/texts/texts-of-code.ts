import { childrenOf, literalText, nameOf, type SourceFile, type SyntaxNode } from "./syntax.ts";

/** A text of the catalogue, where the code has it. */
export interface CodeText {
  /** Path of the file in `src`. */
  file: string;
  /** Key in the catalogue: the English text, with its context and `|` before it where it has one. */
  key: string;
  /** English text. */
  text: string;
  /** Names of the values that the code gives; undefined where the code builds them elsewhere. */
  values: string[] | undefined;
  /** Names of the tags that the code gives. */
  parts: string[];
}

/** All texts of a file: calls of `t` and `tIn`, and `<Trans>`. Throws for a text that is no literal. */
export function textsOfCode(file: SourceFile): CodeText[] {
  const found: CodeText[] = [];
  const visit = (node: SyntaxNode) => {
    const text = textOfCall(node) ?? textOfTrans(node);
    if (text !== undefined) found.push({ file: file.name, ...text });
    childrenOf(node).forEach(visit);
  };
  try {
    visit(file.program);
  } catch (error) {
    throw new Error(`${file.name}: ${(error as Error).message}`, { cause: error });
  }
  return found;
}

type FoundText = Omit<CodeText, "file">;

function textOfCall(node: SyntaxNode): FoundText | undefined {
  if (node.type !== "CallExpression") return undefined;
  const callee = nameOf(node["callee"]);
  const given = node["arguments"] as SyntaxNode[];
  if (callee === "t") {
    const text = literal(given[0]);
    return { key: text, text, values: propertyNames(given[1]), parts: [] };
  }
  if (callee !== "tIn") return undefined;
  const [context, text] = [literal(given[0]), literal(given[1])];
  return { key: `${context}|${text}`, text, values: propertyNames(given[2]), parts: [] };
}

function textOfTrans(node: SyntaxNode): FoundText | undefined {
  if (node.type !== "JSXOpeningElement" || nameOf(node["name"]) !== "Trans") return undefined;
  const attributes = node["attributes"] as SyntaxNode[];
  const attribute = (name: string) => {
    const value = attributes.find((one) => nameOf(one["name"]) === name)?.["value"] as SyntaxNode;
    return value?.type === "JSXExpressionContainer" ? (value["expression"] as SyntaxNode) : value;
  };
  const text = literal(attribute("text"));
  const parts = propertyNames(attribute("parts")) ?? [];
  return { key: text, text, values: propertyNames(attribute("values")), parts };
}

function literal(node: SyntaxNode | undefined): string {
  const text = literalText(node);
  if (text === undefined) throw new Error("a text of the catalogue must be a literal");
  return text;
}

/** None for no values at all; undefined if they are not written out. */
function propertyNames(node: SyntaxNode | undefined): string[] | undefined {
  if (node === undefined) return [];
  if (node.type !== "ObjectExpression") return undefined;
  const properties = node["properties"] as SyntaxNode[];
  const names = properties.map((property) => nameOf(property["key"]));
  return names.every((name) => name !== undefined) ? names : undefined;
}
