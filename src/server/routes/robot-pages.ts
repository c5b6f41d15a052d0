import { setTimeout } from 'node:timers/promises';
import type { Slot } from '#domain/dates.ts';
import type { Edition, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { regionOf } from '#domain/regions.ts';
import type { Language, LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { plainStart, plainText } from '#interop/html-to-markdown.ts';
import { editionNode, eventNode } from '#interop/json-ld.ts';
import { addressLine, mainLanguage, occasionsOf } from '#interop/written.ts';
import type { Context } from '#server/services/context.ts';
import type { Listed } from '#server/services/programme/listing.ts';
import {
  countByRegion,
  frontPage,
  listEdition,
  publicEditions,
  publishedEvent,
  today,
} from '#server/services/programme/listing.ts';
import type { RobotPage } from './robot-html.ts';
import { escape, link, paragraphs } from './robot-html.ts';
import { robotTexts } from './robot-texts.ts';

/** Events that a list without JavaScript names; the site map has them all. */
const LISTED = 200;
/** Milliseconds. */
const PATIENCE = 400;

/**
 * What an address says to those who run no script; `absent` for the page of something that is not there, undefined for pages
 * that are the app's alone.
 * @param origin of this server, as the asker reaches it
 */
export async function robotPage(ctx: Context, path: string, origin: string): Promise<RobotPage | 'absent' | undefined> {
  const [, kind = '', name = ''] = /^\/(evenements|editions|regions)\/([^/]+)$/.exec(path) ?? [];
  if (kind === 'evenements') {
    const found = await publishedEvent(ctx, name);
    return found ? eventPage(ctx, found.event, found.edition, origin) : 'absent';
  }
  if (path !== '/' && kind === '') return undefined;
  const editions = await publicEditions(ctx);
  const edition = kind === 'editions' ? editions.find((e) => e.id === name) : editions[0];
  if (kind === 'editions') return edition ? listPage(ctx, { edition, editions, origin, path }) : 'absent';
  if (kind === 'regions') {
    if (!regionOf(name)) return 'absent';
    return edition ? listPage(ctx, { edition, editions, origin, path, region: name }) : undefined;
  }
  return edition ? listPage(ctx, { edition, editions, origin, path, home: true }) : undefined;
}

function eventPage(ctx: Context, event: ProgrammeEvent, edition: Edition, origin: string): RobotPage {
  const lang = mainLanguage(event);
  const t = robotTexts[asLanguage(lang)];
  const title = textIn(event.title, lang).text;
  const canonical = `${origin}/evenements/${event.slug}`;
  const prose = textIn(event.description, lang).text;
  const summary = textIn(event.summary, lang).text || plainStart(prose, 200) || title;
  const occasions = occasionsOf(event);
  const status = t.status[event.status];
  const facts: [string, string][] = [
    [
      t.when,
      occasions.map(({ session }) => `<li>${slotHtml(session.slot, lang)}${own(session.title, lang)}</li>`).join(''),
    ],
    [
      t.where,
      event.attendanceMode === 'online'
        ? ''
        : event.venues.map((v) => `<li>${escape([v.name, addressLine(v)].filter(Boolean).join(', '))}</li>`).join(''),
    ],
    [t.online, event.onlineUrl ? `<li>${link(event.onlineUrl, event.onlineUrl)}</li>` : ''],
    [t.by, event.organisers.map((b) => `<li>${b.url ? link(b.url, b.name) : escape(b.name)}</li>`).join('')],
    [t.conditions, event.conditions ? `<li>${escape(textIn(event.conditions, lang).text)}</li>` : ''],
  ];
  const body = [
    ...notices(ctx, edition, t),
    `<h1>${escape(title)}</h1>`,
    status ? `<p><strong>${escape(status)}</strong></p>` : '',
    `<p>${escape(summary)}</p>`,
    ...facts.flatMap(([name, list]) => (list === '' ? [] : [`<h2>${escape(name)}</h2>`, `<ul>${list}</ul>`])),
    outcome(event, lang, t.afterwards),
    paragraphs(plainText(prose)),
    `<p>${link(`/editions/${edition.id}`, textIn(edition.title, lang).text)}</p>`,
    `<p>${escape(t.needsScript)}</p>`,
  ];
  const written = { edition, origin, at: event.updatedAt, digest: () => new Uint8Array(), externalId: () => undefined };
  return {
    lang,
    title: status ? `${title} (${status.toLowerCase()})` : title,
    description: `${summary}${whenShort(event, lang)}`,
    canonical,
    type: 'article',
    image: event.image
      ? { url: event.image.url, alt: textIn(event.image.alt, lang).text || title }
      : { url: `${origin}/icons/icon-512.png`, alt: 'Escale' },
    nodes: [eventNode(event, written)],
    body: body.filter((part) => part !== '').join('\n'),
  };
}

/** What came out of it, with its pictures: whose they are and under which licence beside each. */
function outcome({ afterwards, afterwardsPictures = [] }: ProgrammeEvent, lang: string, heading: string): string {
  const text = textIn(afterwards, lang).text;
  const pictures = afterwardsPictures.map(({ url, alt, credit, licence }) => {
    const said = [credit, licence].filter((one) => one !== undefined).join(' · ');
    const caption = said ? `<figcaption>${escape(said)}</figcaption>` : '';
    return `<figure><img src="${escape(url)}" alt="${escape(textIn(alt, lang).text)}" />${caption}</figure>`;
  });
  if (!text && pictures.length === 0) return '';
  return [`<h2>${escape(heading)}</h2>`, text ? paragraphs(plainText(text)) : '', ...pictures].join('\n');
}

interface ListRequest {
  readonly edition: Edition;
  readonly editions: readonly Edition[];
  readonly origin: string;
  readonly path: string;
  readonly region?: RegionCode;
  /** It is the programme itself, which the app shows the beginning of at once. */
  readonly home?: boolean;
}

async function listPage(
  ctx: Context,
  { edition, editions, origin, path, region, home }: ListRequest,
): Promise<RobotPage> {
  const { text: title, lang } = textIn(edition.title, 'fr');
  const t = robotTexts[asLanguage(lang)];
  const counts = await countByRegion(ctx, edition.id);
  const total = counts.reduce((sum, c) => sum + (region === undefined || c.region === region ? c.events : 0), 0);
  // A first visitor does not wait for a list that robots read.
  const all = await Promise.race([listEdition(ctx, edition), setTimeout(PATIENCE, [] as Listed[])]);
  const front = home && all.length > 0 ? await frontPage(ctx, edition, editions.length > 1) : undefined;
  const here = all.filter((e) => region === undefined || e.region === region);
  const coming = here.filter((e) => (e.to ?? '9999') >= today(ctx));
  const shown = (coming.length > 0 ? coming : here).slice(0, LISTED);
  const place = region === undefined ? '' : textIn(regionOf(region)?.name, lang).text;
  const about = textIn(edition.about, lang).text;
  const days = edition.from && edition.to ? t.from(dayText(edition.from, lang), dayText(edition.to, lang)) : '';
  const name = place ? `${place} : ${title}` : title;
  const feed = region ?? 'all';
  const body = [
    ...notices(ctx, edition, t),
    `<h1>${escape(name)}</h1>`,
    `<p>${escape([days, t.count(total)].filter(Boolean).join(' · '))}</p>`,
    about ? paragraphs(about) : '',
    `<h2>${escape(t.programme)}</h2>`,
    `<ul>${shown.map((e) => listedHtml(e, lang)).join('\n')}</ul>`,
    here.length > shown.length ? `<p>${escape(t.more(here.length - shown.length))}</p>` : '',
    counts.length > 0 && region === undefined
      ? `<h2>${escape(t.regions)}</h2><ul>${counts.map((c) => `<li>${link(`/regions/${c.region}`, textIn(regionOf(c.region)?.name, lang).text)} (${c.events})</li>`).join('')}</ul>`
      : '',
    `<h2>${escape(t.feeds)}</h2><ul>${['ics', 'json', 'xml', 'geojson'].map((end) => `<li>${link(`/feeds/${edition.id}/${feed}.${end}`, `${feed}.${end}`)}</li>`).join('')}</ul>`,
    editions.length > 1
      ? `<h2>${escape(t.editions)}</h2><ul>${editions.map((e) => `<li>${link(`/editions/${e.id}`, textIn(e.title, lang).text)}</li>`).join('')}</ul>`
      : '',
    `<p>${escape(t.needsScript)}</p>`,
  ];
  const node = { '@context': 'https://schema.org', ...editionNode(edition, { origin }) };
  const site = {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: 'Escale',
    url: `${origin}/`,
    inLanguage: ['fr', 'en'],
  };
  return {
    lang,
    title: name,
    description: [[days, t.count(total)].filter(Boolean).join(' · '), about || t.description].join('. ').slice(0, 300),
    canonical: `${origin}${path}`,
    type: 'website',
    image: { url: `${origin}/icons/icon-512.png`, alt: 'Escale' },
    nodes: path === '/' ? [site, node] : [node],
    body: body.filter((part) => part !== '').join('\n'),
    ...(front ? { front } : {}),
  };
}

function notices(ctx: Context, edition: Edition, t: (typeof robotTexts)['fr']): string[] {
  if (edition.kind === 'demo') return [`<p>${escape(t.fictional)}</p>`];
  return edition.kind === 'archive' || (edition.to !== undefined && edition.to < today(ctx) && !edition.current)
    ? [`<p>${escape(t.past)}</p>`]
    : [];
}

function listedHtml(event: Listed, lang: string): string {
  const title = textIn(event.title, lang);
  const facts = [event.from ? dayText(event.from, lang) : '', event.city ?? ''].filter(Boolean).join(', ');
  const named = link(`/evenements/${event.slug}`, title.text, title.lang === lang ? undefined : title.lang);
  return `<li>${named}${facts ? ` (${escape(facts)})` : ''}</li>`;
}

const asLanguage = (lang: string): Language => (lang.startsWith('fr') ? 'fr' : 'en');

function dayText(date: string, lang: string): string {
  const format = new Intl.DateTimeFormat(asLanguage(lang) === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T12:00:00Z`));
}

/** Day and hours of a slot, for people and programs. */
export function slotHtml(slot: Slot, lang: string): string {
  const until = slot.endDate && slot.endDate !== slot.date ? ` – ${dayText(slot.endDate, lang)}` : '';
  const hours = slot.start ? `, ${slot.start}${slot.end ? `–${slot.end}` : ''}` : '';
  const machine = slot.start ? `${slot.date}T${slot.start}` : slot.date;
  return `<time datetime="${escape(machine)}">${escape(`${dayText(slot.date, lang)}${hours}${until}`)}</time>`;
}

function own(title: LocalizedText | undefined, lang: string): string {
  const text = textIn(title, lang).text;
  return text ? ` : ${escape(text)}` : '';
}

/** The first day and town, which a preview is too short to leave to the text. */
function whenShort(event: ProgrammeEvent, lang: string): string {
  const first = event.sessions.map((s) => s.slot).toSorted((a, b) => (a.date < b.date ? -1 : 1))[0];
  const city = event.attendanceMode === 'online' ? undefined : event.venues[0]?.city;
  const said = [first ? dayText(first.date, lang) : '', first?.start ?? '', city ?? ''].filter(Boolean).join(', ');
  return said ? ` (${said})` : '';
}
