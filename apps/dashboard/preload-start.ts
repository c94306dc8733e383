import type { Plugin, Rolldown } from "vite";

/** The file that the entry loads once it knows the language. */
const START = "start";

/** Name the files of the first screen in the page, so that the browser loads them beside the language, not after it. */
export function preloadStart(): Plugin {
  return {
    name: "preload-start",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) =>
        [...filesFrom(START, bundle)]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: "link",
            attrs: {
              rel: file.endsWith(".css") ? "stylesheet" : "modulepreload",
              crossorigin: true,
              href: `/${file}`,
            },
            injectTo: "head" as const,
          })),
    },
  };
}

/** The file of a chunk, and those that it needs before it can run. */
function filesFrom(name: string, bundle: Rolldown.OutputBundle): Set<string> {
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = bundle[file];
    if (files.has(file) || chunk?.type !== "chunk") return;
    files.add(file);
    chunk.viteMetadata?.importedCss.forEach((style) => files.add(style));
    chunk.imports.forEach(add);
  };
  const start = Object.values(bundle).find(
    (chunk) => chunk.type === "chunk" && chunk.name === name,
  );
  if (start === undefined) throw new Error(`no file is called ${name}`);
  add(start.fileName);
  return files;
}
