/**
 * Version of everything in this folder. History:
 * 1 (2026-11): push, pull, snapshots, hints, sign-in, enrolment.
 */
export const PROTOCOL = 1;
/** The oldest version that the server still answers; an older client gets 426 and keeps its outbox. */
export const OLDEST_PROTOCOL = 1;
/** On every request and answer: without it an answer is a captive portal's, not ours (D2). */
export const PROTOCOL_HEADER = 'escale-protocol';
