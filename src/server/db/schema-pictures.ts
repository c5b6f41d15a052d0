import type { PictureType } from '#domain/picture.ts';

/** What organisers show of their events, by the SHA-256 of its bytes in hexadecimal. */
export interface PictureTable {
  sha256: string;
  /** As the bytes say. */
  type: PictureType;
  body: Uint8Array;
  /** Who sent it first. */
  account_id: string;
  /** When it was sent last. */
  created_at: number;
}
