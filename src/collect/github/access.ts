import type { Reply } from "../../net/http.ts";
import { type Credential, headerSecretOf, secretOf } from "../credential.ts";
import type { Context } from "../provider.ts";
import { type App, installationIn, type Opened, openApp, type Sign } from "./app.ts";
import { connection } from "./connection.ts";
import type { Hosts } from "./hosts.ts";
import { appToken, privateKeyOf } from "./jwt.ts";
import { failure } from "./listing.ts";
import { holderIn } from "./user.ts";

/** How a source says who it is. */
export type Presented =
  | { credential: Credential }
  | { app: { id: string | number; installation?: number; private_key: Credential } };

/** The ways that a credential opens: to organisations, and to the list of them that an enterprise has. */
export interface Access {
  organization(login: string): Promise<Opened>;
  enterprise(slug: string): Promise<Opened>;
  /** What GitHub says of the user whose token it is; apps have none. */
  user?: () => Promise<Reply>;
  app?: App;
}

export async function accessTo(presented: Presented, hosts: Hosts, context: Context): Promise<Access> {
  return "app" in presented
    ? appAccess(presented.app, hosts, context)
    : userAccess(await headerSecretOf("github", presented.credential, context), hosts, context);
}

/** A token that is given as it is; what kind it is shows in the first reply. */
function userAccess(secret: string, hosts: Hosts, context: Context): Access {
  const http = connection(context, hosts, { bearer: async () => secret, secrets: [secret] });
  if (isInstallationToken(secret)) {
    const open = async (): Promise<Opened> => ({ http, holder: { type: "app" } });
    return { organization: open, enterprise: open };
  }
  let asked: Promise<Reply> | undefined;
  const user = () => {
    asked ??= http.get({ path: "user" });
    return asked;
  };
  const open = async (): Promise<Opened> => {
    const reply = await user();
    // Without headers to go by, nothing is taken for granted.
    const isTold = reply.outcome === "read";
    return { http, holder: isTold ? holderIn(reply.headers, secret) : { type: "fine-grained" } };
  };
  return { organization: open, enterprise: open, user };
}

/** A token that an app was given already belongs to no user, and tells nobody to which app. */
function isInstallationToken(secret: string): boolean {
  return secret.startsWith("ghs_");
}

async function appAccess(
  { id, installation, private_key: from }: Extract<Presented, { app: unknown }>["app"],
  hosts: Hosts,
  context: Context,
): Promise<Access> {
  const pem = await secretOf("github", from, context);
  const app = openApp({ sign: signer(String(id), pem, from, context), secrets: [pem] }, hosts, context);
  const found = async (place: string): Promise<Opened> => {
    const reply = await app.at(place);
    if (reply.outcome !== "read") return { refused: reply };
    const known = installationIn(reply);
    return known ? app.open(known.id, known.row) : { refused: failure(`GET ${place}/installation answered no id`) };
  };
  return {
    organization: (login) => (installation === undefined ? found(`orgs/${login}`) : app.open(String(installation))),
    enterprise: (slug) => found(`enterprises/${slug}`),
    app,
  };
}

/** A key that is none is refused before anything is asked. */
function signer(id: string, pem: string, from: Credential, { isReplayed }: Context): Sign {
  if (isReplayed) return () => pem;
  const key = privateKeyOf(pem, "env" in from ? from.env : from.file);
  return (now) => appToken(id, key, now);
}
