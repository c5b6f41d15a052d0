import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { IdentityProvider } from '../support/identity-provider.ts';
import { escale } from '../support/operator.ts';
import { ServerProcess } from '../support/server-process.ts';
import { axeViolations } from './axe.ts';
import { Desk } from './pages/desk.ts';
import { Phone } from './phone.ts';

const ADDRESS = 'anne@nantes.example';

/** A server of one's own, on the name that passkeys can be bound to, and a phone. */
async function place(env: (origin: string) => Promise<Record<string, string>> = async () => ({})) {
  const folder = await mkdtemp(join(tmpdir(), 'escale-ways-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const server = await ServerProcess.start({
    dataDir: join(folder, 'data'),
    env: await env(origin),
    port,
  });
  escale(server.options, 'user', 'add', ADDRESS, '--role', 'organiser');
  const phone = await Phone.open({ home: join(folder, 'phone'), origin });
  const end = async (): Promise<void> => {
    await phone.close().catch(() => undefined);
    await server.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { server, phone, page: phone.page, end };
}

test('a passkey is made, offered, used, renamed and removed', async () => {
  const { server, phone, page, end } = await place();
  try {
    const devtools = await phone.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await new Desk(phone).signIn(ADDRESS, server);
    await page.getByRole('link', { name: 'Mon compte' }).click();
    await page.getByRole('button', { name: "Ajouter une clé d'accès" }).click();
    await expect(page.getByText("La clé d'accès est ajoutée.")).toBeVisible();
    const keys = page.getByRole('table', { name: "Clés d'accès" });
    await expect(keys.getByRole('button', { name: /^Renommer / })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await keys.getByRole('button', { name: /^Renommer / }).click();
    const dialog = page.getByRole('dialog', { name: "Renommer cette clé d'accès" });
    await dialog.getByRole('textbox', { name: 'Nom' }).fill('Téléphone d’Anne');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(keys.getByRole('rowheader', { name: 'Téléphone d’Anne' })).toBeVisible();

    const signOut = async (): Promise<void> => {
      await page.goto('/espace');
      await page.getByRole('button', { name: 'Se déconnecter' }).click();
    };
    // The browser's own offer, where the address is typed: this authenticator takes it at once.
    const offered = page.waitForResponse((answer) => answer.url().endsWith('/sign-in/passkey') && answer.ok());
    await signOut();
    await offered;
    await expect(page.getByRole('heading', { level: 1, name: 'Mon espace' })).toBeVisible();
    // The button, in a browser that offers nothing by itself.
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    await signOut();
    await page.getByRole('button', { name: "Se connecter avec une clé d'accès" }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mon espace' })).toBeVisible();
    await page.getByRole('link', { name: 'Mon compte' }).click();
    await expect(page.getByRole('table', { name: 'Connexions' }).getByText("clé d'accès")).toBeVisible();
    await keys.getByRole('button', { name: 'Retirer Téléphone d’Anne' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
    await expect(page.getByText('Ce moyen de connexion est retiré.')).toBeVisible();
    await expect(keys).toHaveCount(0);
    expect(phone.errors).toEqual([]);
  } finally {
    await end();
  }
});

test('a provider opens the account from a page that was wanted, says when it will not, and is signed out of too', async () => {
  let provider: IdentityProvider | undefined;
  const { phone, page, end } = await place(async (origin) => {
    provider = await IdentityProvider.start({ origin, signedUserInfo: true, asks: true });
    return { ...provider.environment, OIDC_SIGNED_USERINFO: 'yes' };
  });
  try {
    provider!.person = { sub: 'inconnu', email: 'inconnu@ailleurs.example', verified: true };
    await page.goto('/connexion?retour=%2Fespace%2Fcompte');
    const button = page.getByRole('link', { name: "S'identifier avec Identité d’essai" });
    await button.click();
    await page.getByRole('button', { name: 'Continuer' }).click();
    await expect(page.getByRole('alert')).toContainText("Aucun compte n'existe pour votre adresse.");
    expect(new URL(page.url()).search).not.toMatch(/code|state|@/);
    await expect(page.getByRole('button', { name: "Se connecter avec une clé d'accès" })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);

    await page.context().clearCookies();
    provider!.person = { sub: 'anne', email: ADDRESS, verified: true };
    await button.click();
    await page.getByRole('button', { name: 'Continuer' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mon compte' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Connexions' }).getByText('Identité d’essai')).toBeVisible();
    await page.goto('/espace');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    // The provider asks before it signs anybody out, and sends them back here.
    await expect(page).toHaveURL(new RegExp(`^${provider!.issuer}/session/end`));
    await page.getByRole('button', { name: 'Se déconnecter aussi ici' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Connexion' })).toBeVisible();
    await expect(button).toBeVisible();
    expect(phone.errors).toEqual([]);
  } finally {
    await end();
    await provider?.stop();
  }
});
