/** Tables of the newsletter. */
export interface NewsletterTables {
  subscriber: SubscriberTable;
  newsletter_issue: NewsletterIssueTable;
  newsletter_letter: NewsletterLetterTable;
  newsletter_left: NewsletterLeftTable;
}

/** An address that asked for the newsletter; gone once it wants it no more. */
interface SubscriberTable {
  id: string;
  email: string;
  email_key: string;
  language: 'fr' | 'en';
  state: 'pending' | 'confirmed';
  /** Stands in the links of its mails. */
  token: string;
  asked_at: number;
  confirmed_at: number | null;
  /** When the mail that asks to confirm is to go out; null when there is none. */
  mail_due_at: number | null;
  /** Such mails since `mails_since`: nobody's box is filled by others. */
  mails: number;
  mails_since: number;
  /** Whose device asked for it first; null before that was noted. */
  holder_id: string | null;
}

/** An address that left, by its hash: a backup from before must not bring it back. */
interface NewsletterLeftTable {
  address_hash: string;
  left_at: number;
}

interface NewsletterIssueTable {
  id: string;
  /** JSON of subject and body. */
  data: string;
  state: 'draft' | 'sending' | 'sent';
  updated_at: number;
  sent_at: number | null;
  recipients: number;
  sent: number;
  failed: number;
}

/** A mail of an issue that is still to be sent. */
interface NewsletterLetterTable {
  issue_id: string;
  subscriber_id: string;
  due_at: number;
  tries: number;
}
