/** Where one GitHub is: its REST API, its GraphQL, and the pages that people open. */
export interface Hosts {
  rest: string;
  graphql: string;
  web: string;
  /** Enterprise Server, which a company runs itself. */
  isServer: boolean;
}

const CLOUD = "https://api.github.com";

/**
 * The places that follow from a base URL: `https://api.github.com`, `https://api.SUBDOMAIN.ghe.com`, or
 * `https://HOST/api/v3` of an Enterprise Server, which may also be given as `https://HOST`.
 */
export function hostsOf(baseUrl: string = CLOUD): Hosts {
  const base = new URL(baseUrl);
  const folder = base.pathname.replace(/\/+$/, "");
  if (base.hostname.startsWith("api.") && folder === "") {
    const web = base.hostname === "api.github.com" ? "https://github.com" : `https://${base.host.slice("api.".length)}`;
    return { rest: base.origin, graphql: `${base.origin}/graphql`, web, isServer: false };
  }
  const api = folder === "" ? "/api/v3" : folder;
  const graphql = `${base.origin}${api.replace(/\/v3$/, "")}/graphql`;
  return { rest: base.origin + api, graphql, web: base.origin, isServer: true };
}

/** One part of a path; undefined for what would leave its place in the path. */
export function segment(name: string): string | undefined {
  return name === "" || name === "." || name === ".." ? undefined : encodeURIComponent(name.toWellFormed());
}
