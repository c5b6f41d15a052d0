import { createHash } from 'node:crypto';

export function sha256Base64Url(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
