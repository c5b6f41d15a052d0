import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { freePort } from './free-port.ts';

/** Who is at the provider. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  /** Absent: the provider says nothing of it, as ProConnect. */
  readonly verified?: boolean;
}

interface IdentityProviderOptions {
  /** Where this project is reached. */
  readonly origin: string;
  /** UserInfo is a signed JWT, as ProConnect's. */
  readonly signedUserInfo: boolean;
  /** The person presses a button, as in a browser; signed in at once otherwise. */
  readonly asks?: boolean;
}

const CLIENT = { client_id: 'escale', client_secret: 'un-secret-de-quarante-caracteres-pour-essai' } as const;

/** Where the provider keeps what it knows; what it hands out is used up in minutes, and so is it. */
class Memory implements Adapter {
  static readonly #all = new Map<string, AdapterPayload>();
  readonly #kind: string;

  constructor(kind: string) {
    this.#kind = kind;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    Memory.#all.set(`${this.#kind}:${id}`, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return Memory.#all.get(`${this.#kind}:${id}`);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...Memory.#all].find(([key, one]) => key.startsWith(`${this.#kind}:`) && one.uid === uid)?.[1];
  }

  /** Of devices without a keyboard, which are none of ours. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    Memory.#all.delete(`${this.#kind}:${id}`);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, one] of Memory.#all) if (one.grantId === grantId) Memory.#all.delete(key);
  }
}

/** A real provider of OpenID Connect (`oidc-provider`) on a loopback port of its own. */
export class IdentityProvider {
  /** Who is there, or the answer of somebody who will not. */
  person: Person | 'refuses' = { sub: 'personne' };
  /** Changes what the provider answers at a path, just before it does. */
  tamper: ((path: string, body: Record<string, unknown>) => void) | undefined;
  readonly issuer: string;
  readonly #port: number;
  readonly #asks: boolean;
  readonly #people = new Map<string, Person>();
  readonly #provider: Provider;
  #server: Server | undefined;

  private constructor(port: number, options: IdentityProviderOptions) {
    this.#port = port;
    this.issuer = `http://127.0.0.1:${port}`;
    this.#asks = options.asks ?? false;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#provider = new Provider(this.issuer, {
      clients: [
        {
          ...CLIENT,
          redirect_uris: [`${options.origin}/api/v1/sign-in/provider/callback`],
          post_logout_redirect_uris: [`${options.origin}/connexion`],
          token_endpoint_auth_method: 'client_secret_post',
          ...(options.signedUserInfo ? { userinfo_signed_response_alg: 'RS256' } : {}),
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
      cookies: { keys: [randomBytes(20).toString('hex')] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      adapter: Memory,
      acrValues: ['eidas1', 'eidas2'],
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        jwtUserinfo: { enabled: true },
        claimsParameter: { enabled: options.signedUserInfo },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (ctx, form) => {
            ctx.body = `<!doctype html><title>Identité</title>${form}
              <button form="op.logoutForm" name="logout" value="yes">Se déconnecter aussi ici</button>`;
          },
        },
      },
      interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_ctx, sub) => ({
        accountId: sub,
        claims: () => {
          const { email, verified } = this.#people.get(sub) ?? {};
          return {
            sub,
            ...(email === undefined ? {} : { email }),
            ...(verified === undefined ? {} : { email_verified: verified }),
          };
        },
      }),
      // What this client is told is agreed between the two, as at ProConnect: nobody is asked.
      loadExistingGrant: async (ctx) => {
        const { client, session } = ctx.oidc;
        if (!client || !session?.accountId) return undefined;
        const grant = new this.#provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
      ttl: { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
    });
    this.#provider.use(async (ctx, next) => {
      await next();
      if (this.tamper && typeof ctx.body === 'object' && ctx.body !== null) {
        this.tamper(ctx.path, ctx.body as Record<string, unknown>);
      }
    });
  }

  static async start(options: IdentityProviderOptions): Promise<IdentityProvider> {
    const provider = new IdentityProvider(await freePort(), options);
    await provider.start();
    return provider;
  }

  /** What a server is told of it. */
  get environment(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
      OIDC_NAME: 'Identité d’essai',
    };
  }

  /** Starts it again, after `stop`, with what it knew. */
  async start(): Promise<void> {
    const callback = this.#provider.callback();
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (!path.startsWith('/interaction/')) return void callback(request, response);
      if (this.#asks && request.method === 'GET') return this.#ask(response);
      this.#finish(request, response).catch(() => response.writeHead(500).end());
    });
    await new Promise<void>((done) => void server.listen(this.#port, '127.0.0.1', done));
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((done) => (server ? void server.close(() => done()) : done()));
  }

  #ask(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Identité</title><form method="post"><button>Continuer</button></form>');
  }

  async #finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { person } = this;
    if (person !== 'refuses') this.#people.set(person.sub, person);
    const result =
      person === 'refuses'
        ? { error: 'access_denied', error_description: 'jeanne@secret.example gave up' }
        : { login: { accountId: person.sub, acr: 'eidas1' } };
    await this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}

/** A browser at the provider: follows where it is sent until that is somewhere else. @returns where */
export async function passThrough(provider: IdentityProvider, address: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = new URL(address);
  for (let steps = 0; steps < 10 && next.origin === provider.issuer; steps++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`the provider stops at ${next.pathname}: ${answer.status} ${await answer.text()}`);
    next = new URL(location, next);
  }
  return next;
}
