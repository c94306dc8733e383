import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parseSync } from "vite";

/** A node of the syntax tree, as ESTree has it. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [property: string]: unknown;
}

/** A source file of the dashboard. */
export interface SourceFile {
  /** Path in `src`, with slashes. */
  name: string;
  text: string;
  program: SyntaxNode;
}

/** Folder of the dashboard's sources. */
export const SOURCES = path.join(import.meta.dirname, "../src");

/** All sources of the dashboard without tests, by name. */
export function sourceFiles(): SourceFile[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
    .toSorted()
    .map((name) => parsed(name, readFileSync(path.join(SOURCES, name), "utf8")));
}

/** A source with its syntax tree. Throws if it is not TypeScript. */
export function parsed(name: string, text: string): SourceFile {
  const { program, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  return { name, text, program: program as unknown as SyntaxNode };
}

/** The nodes directly below a node. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** The text of a literal, of literals joined by `+`, or of a template without values; undefined for anything else. */
export function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "JSXExpressionContainer") return literalText(node["expression"]);
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : undefined;
  if (node.type === "TemplateLiteral") {
    const quasis = node["quasis"] as { value: { cooked: string } }[];
    return quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
  }
  if (node.type !== "BinaryExpression" || node["operator"] !== "+") return undefined;
  const [left, right] = [literalText(node["left"]), literalText(node["right"])];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Name of an identifier or of a quoted property. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return typeof node["name"] === "string" ? node["name"] : literalText(node);
}
