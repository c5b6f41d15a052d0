import { FileUp } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { TourFromGpx } from '#interop/gpx-tour.ts';
import type { GpxRefusal } from '#interop/gpx-read.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './tour-editor.module.css';

type Outcome =
  | { readonly kind: 'refused'; readonly reason: GpxRefusal | 'empty' | 'unreadable'; readonly line: number }
  | { readonly kind: 'read'; readonly name: string; readonly found: TourFromGpx };

interface GpxImportProps {
  /** @param what the line alone, or its stops too */
  readonly onImport: (found: TourFromGpx['tour'], what: 'route' | 'all') => void;
}

/** Takes a GPX file in: looked through first, then put in the place of what is there as far as the person wants. */
export function GpxImport({ onImport }: GpxImportProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome>();
  const read = outcome?.kind === 'read' ? outcome : undefined;
  const take = (what: 'route' | 'all'): void => {
    if (read) onImport(read.found.tour, what);
    setOutcome(undefined);
  };
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".gpx,application/gpx+xml,application/xml,text/xml"
        className={styles.unseen}
        tabIndex={-1}
        aria-label={t('tour-edit.import')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was mended.
          event.target.value = '';
          if (file) void readFile(file, language).then(setOutcome);
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        {t('tour-edit.import')}
      </Button>
      {outcome?.kind === 'refused' ? (
        <Notice tone="problem" urgent className={styles.wide ?? ''}>
          {t(`tour-edit.gpx.${outcome.reason}`)}
          {outcome.line > 0 ? ` ${t('tour-edit.gpx.line', { line: format.number(outcome.line) })}` : ''}
        </Notice>
      ) : null}
      <Dialog
        open={read !== undefined}
        onClose={() => setOutcome(undefined)}
        title={t('tour-edit.gpx.title')}
        actions={
          <>
            {read?.found.tour.route ? <Button onClick={() => take('route')}>{t('tour-edit.gpx.route')}</Button> : null}
            {read && read.found.tour.stops.length > 0 ? (
              <Button variant="primary" onClick={() => take('all')}>
                {t('tour-edit.gpx.all')}
              </Button>
            ) : null}
          </>
        }
      >
        {read ? (
          <>
            <p>{t('tour-edit.gpx.found', { file: read.name, stops: read.found.tour.stops.length })}</p>
            <p>{t('tour-edit.gpx.points', { points: read.found.points, kept: read.found.tour.route?.length ?? 0 })}</p>
            {read.found.leftOut > 0 ? <p>{t('tour-edit.gpx.leftOut', { n: read.found.leftOut })}</p> : null}
            <p>{t('tour-edit.gpx.replace')}</p>
          </>
        ) : null}
      </Dialog>
    </>
  );
}

async function readFile(file: File, language: string): Promise<Outcome> {
  // With its XML parser, for organisers alone.
  const { gpxFileToTour } = await import('./read-gpx-file.ts');
  return gpxFileToTour(file, language);
}
