import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trackToGpx } from '#interop/gpx.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import { forgetTrack, trackOf } from '#client/store/walks.ts';
import styles from './walk.module.css';

/** Where the phone was. It stays on the phone, and goes with the person's own hand alone. */
export function TrackSection({ slug, title }: { readonly slug: string; readonly title: string }) {
  const t = useT();
  const format = useFormat();
  const track = useLive(trackOf(slug));
  const [asking, setAsking] = useState(false);
  if (track.length === 0) return null;
  const save = (): void => {
    const points = track.map(({ lat, lon, at }) => ({ lat, lon, at: new Date(at).toISOString() }));
    saveFile(`${slug}-trace.gpx`, 'application/gpx+xml', trackToGpx(title, points));
  };
  return (
    <section className={styles.track} aria-labelledby="walk-track">
      <h3 id="walk-track">{t('walk.track')}</h3>
      <p>{t('walk.track.text', { points: format.number(track.length), n: track.length })}</p>
      <div className={styles.sendRow}>
        <Button icon={Download} onClick={save}>
          {t('walk.track.export')}
        </Button>
        <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
          {t('walk.track.forget')}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('walk.track.forget.title')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('walk.track.keep')}</Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                void forgetTrack(slug);
              }}
            >
              {t('walk.track.forget')}
            </Button>
          </>
        }
      >
        <p>{t('walk.track.forget.text')}</p>
      </Dialog>
    </section>
  );
}
