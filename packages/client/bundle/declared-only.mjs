/**
 * Fails the build when a file imports a package that users do not get with it: one that is neither a dependency nor, under an entry of
 * `peerEntries`, a peer.
 * @param {{ dependencies?: Record<string, string>, peerDependencies?: Record<string, string> }} manifest of the package that is built
 * @param {readonly string[]} peerEntries names of the entries that need the optional peers
 * @returns {import("rollup").Plugin}
 */
export function declaredOnly({ dependencies = {}, peerDependencies = {} }, peerEntries) {
  return {
    name: "declared-only",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const { fileName, imports = [], dynamicImports = [], name } = file;
        const peers = peerEntries.includes(entryOf(name)) ? peerDependencies : {};
        const allowed = { ...dependencies, ...peers };
        const foreign = [...imports, ...dynamicImports].filter(
          (one) => !(one in bundle) && !isFrom(one, allowed),
        );
        if (foreign.length > 0)
          this.error(`${fileName} imports ${foreign.join(", ")}, which its users do not install`);
      }
    },
  };
}

function entryOf(name) {
  return name?.replace(/\.d$/, "");
}

function isFrom(specifier, packages) {
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier);
  return specifier.startsWith("node:") || Object.hasOwn(packages, name);
}
