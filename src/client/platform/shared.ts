/** The longest search that the programme takes. */
const LONGEST = 200;

/** Pages of ours that somebody may send a link to. */
const OWN = /^\/($|\?|(evenements|balades|actualites|regions|editions|carte)(\/|$))/;

/**
 * Where the app goes with what another one shares with it (the manifest's share target): a link to a page of ours opens that
 * page; any other link or text is searched for. It comes from outside: whatever is no address of ours is words and nothing else.
 * @param origin of this app
 */
export function sharedTo(params: { get(name: string): string | null }, origin: string): string {
  const given = ['url', 'text', 'title'].map((name) => params.get(name)?.trim() ?? '');
  for (const text of given) {
    for (const [found] of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
      const page = ownPage(found, origin);
      if (page) return page;
    }
  }
  // Some apps put the link into the text; words come before it, and a title before an address.
  const [url = '', text = '', title = ''] = given;
  const words = wordsOf(title) || wordsOf(text) || wordsOfAddress(url || text);
  return words ? `/?${new URLSearchParams({ q: words })}` : '/';
}

function ownPage(address: string, origin: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.origin !== origin || !OWN.test(url.pathname)) return undefined;
  return url.pathname + url.search;
}

function wordsOf(text: string): string {
  return text
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
}

/** The last part of an address is often the title with dashes. */
function wordsOfAddress(address: string): string {
  const [found] = /https?:\/\/\S+/.exec(address) ?? [];
  if (!found || !URL.canParse(found)) return '';
  const last = new URL(found).pathname.split('/').findLast(Boolean) ?? '';
  return last
    .replaceAll(/%[0-9a-f]{2}|\.[a-z]+$/gi, ' ')
    .replaceAll(/[-_+]+/g, ' ')
    .replaceAll(/\b\d{4,}\b/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
}
