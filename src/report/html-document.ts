import { html, type Markup, verbatim } from "./html-markup.ts";
import { STYLE } from "./html-style.ts";

/** How a page begins, up to its body. `policy`: what it may load and run. */
export function documentHead(title: string, policy: string): Markup {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${verbatim(STYLE)}</style>
</head>
`;
}
