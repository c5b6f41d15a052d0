import { CalendarHeart } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { AgendaFrame } from '#domain/agenda-code.ts';
import { readAgendaFrame } from '#domain/agenda-code.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './agenda.module.css';

/** The reader comes only when somebody wants to read. */
const ScanView = lazy(async () => ({ default: (await import('./scan-view.tsx')).ScanView }));

interface ScanDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** How many events were added. */
  readonly onAdded: (n: number) => void;
}

/** Takes over the agenda of another phone by the codes on its screen, one after the other; added at the person's word. */
export function ScanDialog({ open, onClose, onAdded }: ScanDialogProps) {
  const t = useT();
  const { ids, add } = useFavourites();
  const [frames, setFrames] = useState<readonly AgendaFrame[]>([]);
  const [foreign, setForeign] = useState(false);
  const parts = frames.at(-1)?.parts ?? 0;
  const fresh = [...new Set(frames.flatMap((one) => one.events))].filter((id) => !ids.has(id));
  const onCode = (text: string): void => {
    const frame = readAgendaFrame(text.slice(text.indexOf('#')));
    setForeign(!frame);
    if (!frame) return;
    navigator.vibrate?.(60);
    // Another agenda has another number of codes, and is read beside: what was read stays until it is added or given up.
    setFrames((known) => [...known.filter((one) => one.part !== frame.part || one.parts !== frame.parts), frame]);
  };
  const close = (): void => {
    setFrames([]);
    setForeign(false);
    onClose();
  };
  const done = frames.filter((one) => one.parts === parts).length;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('agenda.scan')}
      actions={
        <>
          <Button onClick={close}>{t('agenda.arriving.close')}</Button>
          {fresh.length > 0 ? (
            <Button
              variant="primary"
              icon={CalendarHeart}
              onClick={() =>
                void add(fresh).then(() => {
                  onAdded(fresh.length);
                  close();
                })
              }
            >
              {t('agenda.arriving.add', { n: fresh.length })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles.dialog}>
        <p>{t('agenda.scan.text')}</p>
        {open ? (
          <Suspense fallback={<p role="status">{t('door.camera.starting')}</p>}>
            <ScanView onCode={onCode} />
          </Suspense>
        ) : null}
        <p role="status">
          {foreign
            ? t('agenda.scan.foreign')
            : parts === 0
              ? null
              : done < parts
                ? t('agenda.scan.parts', { done, parts })
                : fresh.length === 0
                  ? t('agenda.arriving.known', { parts: 1, part: 1 })
                  : t('agenda.scan.whole', { n: fresh.length })}
        </p>
      </div>
    </Dialog>
  );
}
