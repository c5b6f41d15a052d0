import { Check, ListChecks, Send, UsersRound, Volume2, VolumeX } from 'lucide-react';
import type { CheckInList } from '#domain/door-rules.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import styles from './door-bar.module.css';
import { DoorMenu } from './door-menu.tsx';
import { doorText, NOT_YET } from './verdict-text.ts';

interface DoorBarProps {
  readonly door: Door;
  readonly roster: RosterIndex;
  readonly list: CheckInList | undefined;
  readonly pending: number;
  readonly listTime: string;
  readonly muted: boolean;
  readonly onMuted: (muted: boolean) => void;
  readonly onList: (listId: string | undefined) => void;
  readonly onDoubles: () => void;
  /** A verdict has the screen: the counts stay, what is set now and then waits. */
  readonly small: boolean;
}

/** What this door is, how many are in over all doors, and what asks for somebody's attention. */
export function DoorBar({
  door,
  roster,
  list,
  pending,
  listTime,
  muted,
  onMuted,
  onList,
  onDoubles,
  small,
}: DoorBarProps) {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  usePageTitle(t('door.title'));
  const title = roster.event ? shownIn(roster.event.title, language) : undefined;
  const counts = roster.counted ? (list ? roster.countsOf(list) : roster.counts) : undefined;
  const doubles = roster.counted ? roster.doubles.length : 0;
  return (
    <header className={styles.bar} data-small={small || undefined}>
      <div className={styles.titles}>
        <h1 className={styles.title} tabIndex={-1}>
          {t('door.title')}
        </h1>
        {title ? (
          <p className={styles.event} lang={title.lang}>
            {title.text}
          </p>
        ) : null}
      </div>
      <div className={styles.tools}>
        <Button
          variant="quiet"
          size="large"
          icon={muted ? VolumeX : Volume2}
          iconOnly
          className={styles.tool ?? ''}
          onClick={() => onMuted(!muted)}
        >
          {t(muted ? 'door.sound.off' : 'door.sound.on')}
        </Button>
        <DoorMenu door={door} />
      </div>
      <dl className={styles.state}>
        <div>
          <dt>{t('door.arrivals.label')}</dt>
          <dd className={styles.count}>
            {counts
              ? t('door.arrivals', { arrived: format.number(counts.arrived), expected: format.number(counts.seats) })
              : NOT_YET}
          </dd>
        </div>
        {roster.rules.countsInside ? (
          <div>
            <dt>{t('door.inside.label')}</dt>
            <dd className={styles.inside}>
              <Icon of={UsersRound} size="1.1em" />
              {counts ? t('door.inside', { n: counts.inside }) : NOT_YET}
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{t('door.toSend.label')}</dt>
          <dd className={pending > 0 ? styles.unsent : undefined}>
            <Icon of={pending > 0 ? Send : Check} size="1.1em" />
            {pending > 0 ? t('door.toSend', { n: pending }) : t('door.toSend.none')}
          </dd>
        </div>
        <div>
          <dt>{t('door.at.label')}</dt>
          <dd className={styles.place}>{doorText(door.door, t)}</dd>
        </div>
        <div>
          <dt>{t('door.roster.label')}</dt>
          <dd>{t('door.roster.asOf', { time: listTime })}</dd>
        </div>
      </dl>
      {roster.rules.lists.length > 0 ? (
        <label className={styles.list}>
          <Icon of={ListChecks} />
          <span className={styles.listLabel}>{t('door.list.label')}</span>
          <select
            className={styles.select}
            value={list?.id ?? ''}
            onChange={(event) => onList(event.target.value || undefined)}
          >
            <option value="">{t('door.list.main')}</option>
            {roster.rules.lists.map((one) => (
              <option key={one.id} value={one.id}>
                {shownIn(one.name, language).text}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {doubles > 0 ? (
        <Button size="large" wide icon={UsersRound} className={styles.doubles ?? ''} onClick={onDoubles}>
          {t('door.doubles.open', { n: doubles })}
        </Button>
      ) : null}
    </header>
  );
}
