import { TokenwardError } from "../model/errors.ts";
import { shown } from "../model/shown.ts";
import type { Request } from "./http.ts";

/** The base of a connection, ending in a slash; anything that would send a credential in the open is refused. */
export function baseOf(source: string, base: string): URL {
  const refuse = (reason: string) => new TokenwardError("BASE_URL_REFUSED", { source, url: shown(base), reason });
  if (!URL.canParse(base)) throw refuse("it is no absolute URL");
  const url = new URL(base);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("only https is spoken");
  if (url.protocol === "http:" && !isLoopback(url)) throw refuse("http would send the credential in the open");
  if (url.username || url.password) throw refuse("a credential stands in it");
  if (url.search || url.hash) throw refuse("it has a query or a fragment");
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** 127.0.0.0/8, ::1 and localhost; URLs have spelt out every other way to write them. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** The absolute address of a request, or why it must not be asked. */
export function addressOf(base: URL, { path, query = {} }: Request): URL | { fault: string } {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(path) ? absolute(path) : below(base, path);
  if ("fault" in url) return url;
  if (url.origin !== base.origin) return { fault: `leads to another host, ${shown(url.origin)}` };
  if (url.username || url.password) return { fault: "holds a credential" };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  url.hash = "";
  return url;
}

function absolute(path: string): URL | { fault: string } {
  return URL.canParse(path) ? new URL(path) : { fault: "is no address" };
}

/** A name of `..` in a path would ask for something else than was meant. */
function below(base: URL, path: string): URL | { fault: string } {
  const [plain = ""] = path.split(/[?#]/, 1);
  if (/(?:^|[/\\])(?:\.|%2e){1,2}(?:$|[/\\])/i.test(plain)) return { fault: "has a part that leads out of its folder" };
  const whole = base.href + path.replace(/^[/\\]+/, "");
  return URL.canParse(whole) ? new URL(whole) : { fault: "is no address" };
}
