/** Who wants to be notified, or has a calendar of their own to subscribe to. */
export interface FollowTables {
  follower: FollowerTable;
  follower_event: FollowerEventTable;
}

interface FollowerTable {
  /** Hash of the secret that its device has. */
  id: string;
  /** Of Web Push; null without it. */
  endpoint: string | null;
  p256dh: string | null;
  auth: string | null;
  /** Hash of the secret in the feed's address; null without a feed. */
  feed_id: string | null;
  /** Of whose registrations it is also told; null when of nobody's. */
  holder_id: string | null;
  language: 'fr' | 'en';
  told_at: number;
  /** When the next push is to go out; null when there is nothing to say. */
  due_at: number | null;
  tries: number;
}

interface FollowerEventTable {
  follower_id: string;
  event_id: string;
}
