import { z } from "zod";

import { cutText } from "../value/cut-text.ts";
import { shortText } from "../value/short-text.ts";
import { pointerProblem, valueAt } from "./json-pointer.ts";

/** What the placeholders of a template stand for. */
export interface TemplateData {
  /** Values by name: `title`, `labels.severity`. */
  values: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** The body, for JSON pointers. */
  document: unknown;
}

/** Placeholders that a template may have. */
export interface TemplateNames {
  /** Such as `title`. */
  names: readonly string[];
  /** Of which any name may follow: `labels.severity`. */
  groups: readonly string[];
}

/** Placeholders in what is said. */
export const SPOKEN_NAMES: TemplateNames = {
  names: ["title", "text", "severity", "status", "source", "startsAt", "url", "count", "titles"],
  groups: ["labels", "annotations"],
};

/** Placeholders in the fields of a JSON mapping: pointers alone. */
export const POINTERS_ONLY: TemplateNames = { names: [], groups: [] };

/** Most characters of one value, and of a whole rendered text; the rest is cut. */
export const RENDERED_LIMITS = { value: 500, text: 1000 } as const;

const MAX_TEMPLATE_LENGTH = 1000;
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** Why a template is wrong, or undefined when it is right. */
export function templateProblem(template: string, known: TemplateNames): string | undefined {
  const rest = template.replaceAll(PLACEHOLDER, "");
  if (rest.includes("{{") || rest.includes("}}"))
    return 'has "{{" or "}}" that belongs to no placeholder such as "{{ title }}"';
  for (const [, inside = ""] of template.matchAll(PLACEHOLDER)) {
    const { path } = parsed(inside);
    const problem = path.startsWith("/") ? pointerProblem(path) : nameProblem(path, known);
    if (problem !== undefined) return `"{{ ${path} }}": ${problem}`;
  }
  return undefined;
}

/**
 * The text that a template makes: `{{ title }}`, `{{ labels.severity }}` or `{{ /json/pointer }}`, each with words after `|` for a missing
 * value: `{{ labels.team | nobody }}`. It runs no code. Objects and lists are missing values.
 */
export function renderTemplate(template: string, data: TemplateData): string {
  const text = template.replaceAll(PLACEHOLDER, (_all, inside: string) => {
    const { path, otherwise } = parsed(inside);
    return cutText(valueOf(path, data).trim() || otherwise, RENDERED_LIMITS.value);
  });
  return cutText(text, RENDERED_LIMITS.text);
}

/** A template that is checked when it is saved. */
export function alertTemplate(known: TemplateNames) {
  return shortText(MAX_TEMPLATE_LENGTH).superRefine((template, context) => {
    const message = templateProblem(template, known);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** A JSON pointer (RFC 6901) that is checked when it is saved. */
export const jsonPointer = z
  .string({ error: "must be a JSON pointer as text" })
  .max(500, { error: "must be at most 500 characters" })
  .superRefine((pointer, context) => {
    const message = pointerProblem(pointer);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .meta({ example: "/alert/title" });

/** A scalar as text; anything else is no text. */
export function scalarText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function parsed(inside: string): { path: string; otherwise: string } {
  const [path = "", ...words] = inside.split("|");
  return { path: path.trim(), otherwise: words.join("|").trim() };
}

function nameProblem(path: string, { names, groups }: TemplateNames): string | undefined {
  if (names.includes(path)) return undefined;
  const [group = "", ...rest] = path.split(".");
  if (groups.includes(group) && rest.join(".") !== "") return undefined;
  const allowed = [...names, ...groups.map((name) => `${name}.<name>`), "a JSON pointer"];
  return `there is no such placeholder; allowed: ${allowed.join(", ")}`;
}

function valueOf(path: string, { values, document }: TemplateData): string {
  if (path.startsWith("/")) return scalarText(valueAt(document, path));
  const [group = "", ...rest] = path.split(".");
  const value = Object.hasOwn(values, group) ? values[group] : undefined;
  if (typeof value === "string") return rest.length === 0 ? value : "";
  const name = rest.join(".");
  return value !== undefined && Object.hasOwn(value, name) ? (value[name] ?? "") : "";
}
