/**
 * Credentials are `Authorization: Bearer …`.
 * An attendee's is `h.{secret}`: 32 random bytes (base64url) that the device makes by itself, offline; the holder's name is
 * their SHA-256, so the server knows the holder at first sight and never stores the secret.
 * A door's is `d.{deviceId}.{secret}`, made by the phone and taken up at its enrolment.
 * A signed-in person's is the session's cookie, with `a.{accountId}` to say whose it should be: when somebody else has signed in
 * meanwhile, what the first one did is not taken for theirs (O4).
 */
export const holderBearer = (secret: string): string => `h.${secret}`;
export const deviceBearer = (deviceId: string, secret: string): string => `d.${deviceId}.${secret}`;

export const accountBearer = (accountId: string): string => `a.${accountId}`;

export type Bearer =
  | { kind: 'holder'; secret: string }
  | { kind: 'device'; deviceId: string; secret: string }
  | { kind: 'account'; accountId: string };

const SECRET = '[A-Za-z0-9_-]{43}';
const HOLDER = new RegExp(`^h\\.(${SECRET})$`);
const ACCOUNT = /^a\.([0-9a-f-]{36})$/;
const DEVICE = new RegExp(`^d\\.([0-9a-f-]{36})\\.(${SECRET})$`);

export function readBearer(text: string): Bearer | undefined {
  const holder = HOLDER.exec(text);
  if (holder) return { kind: 'holder', secret: holder[1]! };
  const account = ACCOUNT.exec(text);
  if (account) return { kind: 'account', accountId: account[1]! };
  const device = DEVICE.exec(text);
  return device ? { kind: 'device', deviceId: device[1]!, secret: device[2]! } : undefined;
}
