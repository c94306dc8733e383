const BASE = "http://dashboard";
const LONGEST = 2000;

/** Where a person goes after sign-in: the page of ours that was wanted, and never another site's. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > LONGEST) return "/";
  if (!wanted.startsWith("/") || !URL.canParse(wanted, BASE)) return "/";
  const { origin, pathname, search } = new URL(wanted, BASE);
  const isPage = origin === BASE && !pathname.startsWith("//") && !pathname.startsWith("/oidc");
  return isPage ? `${pathname}${search}` : "/";
}
