/**
 * A picture that somebody has chosen, by the SHA-256 of its bytes. `waiting`: the server has not got it; `refused`: it will not have
 * it.
 */
export interface PictureRow {
  readonly sha256: string;
  readonly blob: Blob;
  readonly state: 'waiting' | 'sent' | 'refused';
  /** Device's clock, milliseconds. */
  readonly keptAt: number;
}

/** A picture of a published event, by the SHA-256 of its bytes, and what it is here for. */
export interface EventPictureRow {
  readonly sha256: string;
  readonly blob: Blob;
  readonly bytes: number;
  /** `followed`: of the person's agenda; `kept`: of a region that is kept; `seen`: neither, it was looked at. */
  readonly rank: 'followed' | 'kept' | 'seen';
  /** Device's clock, milliseconds. */
  readonly usedAt: number;
}
