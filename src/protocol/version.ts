/**
 * Version of everything in this folder, and its history, newest last. Each line ends with a hash of what travelled from then
 * on; `test/unit/protocol/wire.test.ts` fails when the newest is not right, prints it and says when the number must be raised.
 *
 * 1 (2026-11): push, pull, snapshots, hints, sign-in, enrolment, news and pages. [636042c0a958]
 * 1 (2026-11): lists, exits, answers, walk-ins, allotments, carried requests, notes and scans of doors. [ad2ba77d3ed0]
 * 1 (2026-11): a stop's planned time, tours edited at the desk, ratings of walks. [57e433a8394e]
 * 1 (2026-11): maps that can be kept, and what the operator has chosen. [14a2c04fa67e]
 * 1 (2026-11): what organisers decide of registrations, and write to people. [1b81cddd0681]
 * 1 (2026-11): programmes in and out from the desk. [842e597dcfd3]
 * 1 (2026-11): finding tickets again on another phone. [a75042d48754]
 * 1 (2026-11): answers given after the arrival. [810f65e1bc3d]
 * 1 (2026-11): which events are walks. [28525d16f2fe]
 * 1 (2026-11): proposals, what is decided of them, and the scopes of who is signed in. [74ff690ffc23]
 * 1 (2026-11): what organisers ask of those who register, the names of a party, and the newsletter. [1f73de0c4f98]
 * 1 (2026-11): looking for an address. [bd7dbddb873e]
 * 1 (2026-11): questions put to all, answers and supports. [6e1e7dca6e4a]
 * 1 (2026-11): the auditor, several regions, bodies, invitations and sessions; what is held on a person; the trail of the desk. [9cacd4afdb8d]
 * 1 (2026-11): what a device follows, to be notified or to have a calendar of it. [0dee118570de]
 * 1 (2026-11): what came out of an event. [6c8dcd38b53e]
 * 1 (2026-11): what somebody proposed, among what is held on them. [f71ecd65bad2]
 * 1 (2026-11): who comes along, on paper. [7de8b6a3e4cd]
 * 1 (2026-11): how an edition takes proposals. [df2ef451a770]
 * 1 (2026-11): pictures of what came out, the fields of requested changes, answers by hand, what is held of what a device follows, pushes about one's own. [28043c25ff66]
 * 1 (2026-11): more of a queue in one push. [081cb7f48b41]
 * 1 (2026-11): what is featured, and the numbers of a programme. [ac8d55a187a1]
 * 1 (2026-11): a provider of OpenID Connect, passkeys, and how a session was opened. [4592688a8bbd]
 * 1 (2026-11): imports that are proposed. [5a7b4f7f5639]
 * 1 (2026-11): lists of people to register, the source of a proposal, the journal. [cedabc96f8f2]
 * 1 (2026-11): how to get to a venue, apart from how to get in. [40282ae82cc5]
 */
export const PROTOCOL = 1;
/** The oldest version that the server still answers; an older client gets 426 and keeps its outbox. */
export const OLDEST_PROTOCOL = 1;
/** On every request and answer: without it an answer is a captive portal's, not ours (D2). */
export const PROTOCOL_HEADER = 'escale-protocol';
