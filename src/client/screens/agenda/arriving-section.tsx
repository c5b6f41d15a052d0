import { CalendarHeart, X } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { readAgendaFrame } from '#domain/agenda-code.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useT } from '#client/i18n/i18n.ts';

/** What another phone's code has brought: added at the person's word, for anybody can make such an address. */
export function ArrivingSection() {
  const t = useT();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const { ids, add } = useFavourites();
  const [done, setDone] = useState<string>();
  const frame = readAgendaFrame(hash);
  const broken = hash.startsWith('#ajouter') && !frame;
  const close = (): void => void navigate('/agenda', { replace: true });
  if (!frame && !broken) return <div role="status">{done ? <Notice tone="success">{done}</Notice> : null}</div>;
  if (!frame)
    return (
      <Notice tone="problem" urgent actions={<Button onClick={close}>{t('agenda.arriving.close')}</Button>}>
        {t('agenda.arriving.broken')}
      </Notice>
    );
  const fresh = frame.events.filter((id) => !ids.has(id));
  const { part, parts } = frame;
  return (
    <Notice
      tone="info"
      urgent
      title={t('agenda.arriving')}
      actions={
        <>
          {fresh.length > 0 ? (
            <Button
              variant="primary"
              icon={CalendarHeart}
              onClick={() =>
                void add(fresh).then(() => {
                  setDone(t('agenda.arriving.done', { n: fresh.length, part, parts }));
                  close();
                })
              }
            >
              {t('agenda.arriving.add', { n: fresh.length })}
            </Button>
          ) : null}
          <Button variant="quiet" icon={X} onClick={close}>
            {t('agenda.arriving.close')}
          </Button>
        </>
      }
    >
      {t(fresh.length > 0 ? 'agenda.arriving.text' : 'agenda.arriving.known', { n: fresh.length, part, parts })}
    </Notice>
  );
}
