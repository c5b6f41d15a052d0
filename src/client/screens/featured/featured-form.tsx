import { Plus, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { areOver, localOf } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Featured, FeaturedEvent, FeaturedPlace } from '#domain/featured.ts';
import { MAX_FEATURED } from '#domain/featured.ts';
import { fold, textIn } from '#domain/text.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { saveFeatured } from '#client/platform/contents.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { FeaturedRow } from './featured-row.tsx';
import styles from './featured.module.css';

interface FeaturedFormProps {
  readonly editionId: string;
  readonly place: FeaturedPlace;
  /** What stands there, as far as this device knows. */
  readonly stored: Featured | undefined;
  readonly cards: readonly EventCard[];
}

const FOUND = 6;
const NOTHING: readonly FeaturedEvent[] = [];
type Said = 'saved' | 'undone' | 'conflict';

/** The choice of one page: order, dates, what is added and what goes; saved as a whole, and given back as it was. */
export function FeaturedForm({ editionId, place, stored, cards }: FeaturedFormProps) {
  const t = useT();
  const { language } = useFormat();
  const now = useClock();
  const today = localOf(now).date;
  const [base, setBase] = useState(stored);
  const [events, setEvents] = useState(stored?.events ?? NOTHING);
  const [before, setBefore] = useState<readonly FeaturedEvent[]>();
  const [query, setQuery] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const dirty = events !== (base?.events ?? NOTHING);
  // What somebody else has chosen since shows as soon as it is known, unless something is being changed here.
  if (stored && stored.updatedAt > (base?.updatedAt ?? '') && !dirty) {
    setBase(stored);
    setEvents(stored.events);
    setBefore(undefined);
  }
  const byId = useMemo(() => new Map(cards.map((card) => [card.id, card])), [cards]);
  const found = useMemo(() => {
    const words = fold(query).split(' ').filter(Boolean);
    const chosen = new Set(events.map((one) => one.eventId));
    return cards
      .filter(
        (card) =>
          (place === 'home' || card.region === place) &&
          !chosen.has(card.id) &&
          card.status !== 'cancelled' &&
          !areOver(card.slots, now) &&
          words.every((word) => fold([...Object.values(card.title), card.city ?? ''].join(' ')).includes(word)),
      )
      .slice(0, FOUND);
  }, [cards, events, now, place, query]);

  const change = (next: readonly FeaturedEvent[]): void => {
    setSaid(undefined);
    setFailure(undefined);
    setEvents(next);
  };
  const move = (at: number, to: number): void => {
    const next = [...events];
    next.splice(to, 0, ...next.splice(at, 1));
    change(next);
  };
  const save = async (wanted: readonly FeaturedEvent[], done: Said): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    setFailure(undefined);
    const called = await saveFeatured(editionId, place, {
      events: [...wanted],
      ...(base ? { basedOn: base.updatedAt } : {}),
    });
    setBusy(false);
    if (called.kind === 'done') {
      setBefore(done === 'saved' ? (base?.events ?? NOTHING) : undefined);
      setBase(called.value);
      setEvents(called.value.events);
      setSaid(done);
    } else if (called.reason === 'edited_elsewhere') {
      setEvents(base?.events ?? NOTHING);
      setSaid('conflict');
    } else setFailure(called.reason);
  };
  const wrong = events.some(({ from, to }) => from !== undefined && to !== undefined && from > to);
  const full = events.length >= MAX_FEATURED;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save(events, 'saved');
      }}
    >
      <section className={styles.part} aria-labelledby="choisis">
        <div className={styles.head}>
          <h2 id="choisis">{t('featured.chosen')}</h2>
          <span className={styles.hint}>{t('featured.chosen.count', { n: events.length, max: MAX_FEATURED })}</span>
        </div>
        {events.length === 0 ? <p className={styles.hint}>{t('featured.none')}</p> : null}
        <ol className={styles.list}>
          {events.map((one, at) => (
            <FeaturedRow
              key={one.eventId}
              chosen={one}
              card={byId.get(one.eventId)}
              moment={{ now, today }}
              first={at === 0}
              last={at === events.length - 1}
              onMove={(by) => move(at, at + by)}
              onChange={(next) => change(events.map((other) => (other === one ? next : other)))}
              onRemove={() => change(events.filter((other) => other !== one))}
            />
          ))}
        </ol>
      </section>
      <div aria-live="polite" className={styles.said}>
        {said ? (
          <Notice
            tone={said === 'conflict' ? 'attention' : 'success'}
            actions={
              said === 'saved' && before ? (
                <Button icon={Undo2} busy={busy} onClick={() => void save(before, 'undone')}>
                  {t('featured.undo')}
                </Button>
              ) : null
            }
          >
            {t(`featured.${said}`)}
          </Notice>
        ) : null}
        {failure === 'not_found' ? <Notice tone="problem">{t('featured.gone')}</Notice> : null}
      </div>
      {failure && failure !== 'not_found' ? <CallNotice reason={failure} /> : null}
      <Button type="submit" variant="primary" busy={busy} disabled={!dirty || wrong}>
        {t('featured.save')}
      </Button>
      <section className={styles.part} aria-label={t('featured.search')}>
        <Field
          type="search"
          label={t('featured.search')}
          value={query}
          maxLength={100}
          disabled={full}
          {...(full ? { hint: t('featured.full', { max: MAX_FEATURED }) } : {})}
          onChange={(event) => setQuery(event.target.value)}
        />
        {full ? null : (
          <ul className={styles.found}>
            {found.map((card) => (
              <FoundRow
                key={card.id}
                card={card}
                title={textIn(card.title, language)}
                onAdd={() => change([...events, { eventId: card.id }])}
              />
            ))}
          </ul>
        )}
        {!full && found.length === 0 ? <p className={styles.hint}>{t('featured.search.none')}</p> : null}
      </section>
    </form>
  );
}

interface FoundRowProps {
  readonly card: EventCard;
  readonly title: { readonly text: string; readonly lang: string };
  readonly onAdd: () => void;
}

function FoundRow({ card, title, onAdd }: FoundRowProps) {
  const t = useT();
  const format = useFormat();
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span lang={title.lang} className={styles.name}>
          {title.text}
        </span>
        <span className={styles.hint}>
          {[format.span(card.slots), card.city].filter(Boolean).join(' · ') || t('programme.undated')}
        </span>
      </div>
      <Button icon={Plus} iconOnly onClick={onAdd}>
        {t('featured.add', { title: title.text })}
      </Button>
    </li>
  );
}
