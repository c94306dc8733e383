/** The page for a person whom the identity provider knows and no group of the settings: what is the case, and whom to ask. */
export function noAccessPage(
  { name, email }: { name?: string; email?: string },
  signInUrl: string,
): string {
  const who = escaped(email ?? name ?? "Your account");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No access · call-log</title>
</head>
<body style="font-family: system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1rem">
<main>
<h1>No access</h1>
<p><b>${who}</b> is signed in, but none of its groups has a permission in call-log.</p>
<p>Ask the person who runs call-log to give one of your groups a permission, then <a href="${signInUrl}">sign in again</a>.</p>
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
