import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { TokenwardError } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { reasonOf } from "../model/system-error.ts";
import { isLoopback } from "./address.ts";
import type { Limits, World } from "./exchange.ts";

/** Connections to hosts, over proxies where the environment names them. Certificates are checked whatever the environment says. */
export function dispatchers({ env }: Pick<World, "env">, { connect: timeout }: Pick<Limits, "connect">) {
  const tls = { rejectUnauthorized: true };
  const options = { connect: { ...tls, timeout } };
  const either = (name: string) => env[name.toLowerCase()] || env[name] || "";
  let direct: Dispatcher | undefined;
  let proxied: Dispatcher | undefined;
  return (url: URL): Dispatcher => {
    // Plain http is allowed on loopback because it stays there: no proxy may see it.
    if (isLoopback(url)) {
      direct ??= new Agent(options);
      return direct;
    }
    proxied ??= overProxies({
      ...options,
      requestTls: { ...tls, timeout },
      proxyTls: { ...tls, timeout },
      httpProxy: either("HTTP_PROXY"),
      httpsProxy: either("HTTPS_PROXY"),
      noProxy: either("NO_PROXY"),
    });
    return proxied;
  };
}

function overProxies(options: EnvHttpProxyAgent.Options): Dispatcher {
  try {
    return new EnvHttpProxyAgent(options);
  } catch (cause) {
    // The address itself may hold a password.
    const reason =
      cause instanceof Error && "code" in cause && cause.code === "ERR_INVALID_URL" ? "it is no URL" : reasonOf(cause);
    throw new TokenwardError("PROXY_INVALID", { reason: maskSecrets(reason) }, { cause });
  }
}
