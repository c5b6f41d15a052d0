import { Printer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { AttendanceSheet } from '#client/components/paper/attendance-sheet.tsx';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { bySurname } from '#client/components/paper/sheet-order.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './paper.module.css';
import type { PaperDoor } from './use-paper-door.ts';
import { sheetOf, usePaperDoor } from './use-paper-door.ts';

/** `/emargement/feuille`: the list on paper, out of what this phone holds, with no network. */
export function DoorSheetScreen() {
  const t = useT();
  const place = usePaperDoor();
  return (
    <div className={styles.page}>
      <div className={styles.unprinted}>
        <PageHeader
          title={t('sheet.title')}
          back={{ to: '/emargement', label: t('door.back') }}
          lead={t('sheet.what')}
        />
        {place === 'loading' ? <p role="status">{t('door.loading')}</p> : null}
        {place === 'none' ? <Notice>{t('door.paper.none')}</Notice> : null}
      </div>
      {typeof place === 'string' ? null : <Sheet place={place} />}
    </div>
  );
}

/** Lines for people who are not on the list. */
const BLANK = 10;

function Sheet({ place }: { readonly place: PaperDoor }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [blank, setBlank] = useState(BLANK);
  const { roster, list, asOf } = place;
  const people = useMemo(() => bySurname(sheetOf(place), format.compare), [place, format]);
  const title = shownIn(roster.event?.title, language);
  const slots = roster.event?.sessions.map((session) => session.slot) ?? [];
  const facts = [
    format.span(slots),
    roster.event?.venues.find((venue) => venue.city)?.city,
    list && shownIn(list.name, language).text,
  ].flatMap((fact) => (fact ? [fact] : []));
  return (
    <>
      <div className={styles.tools}>
        <Field
          label={t('sheet.blank')}
          type="number"
          min={0}
          max={200}
          value={Number.isNaN(blank) ? '' : blank}
          onChange={(event) => setBlank(event.target.valueAsNumber)}
        />
        <Button variant="primary" size="large" icon={Printer} onClick={() => window.print()}>
          {t('sheet.print')}
        </Button>
      </div>
      <AttendanceSheet
        title={title.text}
        lang={title.lang}
        facts={facts}
        people={people}
        blank={Math.min(200, Math.max(0, blank || 0))}
        asOf={asOf}
        zone={slots[0]?.zone ?? 'Europe/Paris'}
      />
    </>
  );
}
