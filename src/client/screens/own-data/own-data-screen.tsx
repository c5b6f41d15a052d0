import { Download, RotateCw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Card } from '#client/components/card.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import { database } from '#client/store/database.ts';
import { deviceData, deviceTraces } from '#client/store/own-data.ts';
import type { HeldOnServer, OwnDataAnswer } from '#client/sync/own-data.ts';
import { eraseEverything, readOwnData } from '#client/sync/own-data.ts';
import styles from './own-data.module.css';

/** `/mes-donnees`: what the server and this device hold on an attendee, who takes it along or has it erased. */
export function OwnDataScreen() {
  const t = useT();
  const [answer, setAnswer] = useState<OwnDataAnswer>();
  const [asked, setAsked] = useState(false);
  const [erased, setErased] = useState<number>();
  const traces = useLive(deviceTraces);

  const read = (): void => void readOwnData().then(setAnswer);
  useEffect(() => {
    let left = false;
    void readOwnData().then((now) => {
      if (!left) setAnswer(now);
    });
    return () => {
      left = true;
    };
  }, []);

  const save = async (): Promise<void> => {
    const device = await deviceData(database());
    const server = answer?.kind === 'done' ? { server: answer.value } : {};
    saveFile('escale-mes-donnees.json', 'application/json', JSON.stringify({ ...server, device }, undefined, 2));
  };
  const unread = answer?.kind === 'unreachable' || answer?.kind === 'too_many';
  return (
    <div className={styles.page}>
      <PageHeader title={t('own.title')} lead={t('own.lead')} />
      <div role="status" className={styles.said}>
        {erased === undefined ? null : <Notice tone="success">{t('own.erased', { n: erased })}</Notice>}
      </div>
      <section className={styles.part} aria-labelledby="serveur">
        <h2 id="serveur">{t('own.server')}</h2>
        {answer === undefined ? <p role="status">{t('desk.loading')}</p> : null}
        {unread ? (
          <Notice
            tone="attention"
            actions={
              <Button icon={RotateCw} onClick={read}>
                {t('desk.retry')}
              </Button>
            }
          >
            {t(`own.${answer.kind}`)}
          </Notice>
        ) : null}
        {answer?.kind === 'nobody' ? <p className={styles.text}>{t('own.nobody')}</p> : null}
        {answer?.kind === 'done' ? <Held data={answer.value} /> : null}
        <p className={styles.text}>{t('own.otherPhones')}</p>
      </section>
      <section className={styles.part} aria-labelledby="appareil">
        <h2 id="appareil">{t('own.device')}</h2>
        {traces ? (
          <ul className={styles.traces}>
            <li>{t('own.device.registrations', { n: traces.registrations })}</li>
            <li>{t('own.device.favourites', { n: traces.favourites })}</li>
            <li>{t('own.device.walks', { n: traces.walks })}</li>
            <li>{t('own.device.waiting', { n: traces.waiting })}</li>
          </ul>
        ) : null}
        <div>
          <LinkButton to="/hors-ligne">{t('settings.data.link')}</LinkButton>
        </div>
      </section>
      <section className={styles.part} aria-labelledby="agir">
        <h2 id="agir">{t('own.act')}</h2>
        <p className={styles.text}>{t('own.act.text')}</p>
        <div className={styles.actions}>
          <Button icon={Download} onClick={() => void save()}>
            {t('own.save')}
          </Button>
          <Button variant="danger" icon={Trash2} onClick={() => setAsked(true)}>
            {t('own.erase')}
          </Button>
        </div>
        {unread ? <p className={styles.detail}>{t('own.save.deviceOnly')}</p> : null}
      </section>
      <EraseDialog
        open={asked}
        waiting={traces?.waiting ?? 0}
        onClose={() => setAsked(false)}
        onErased={(cancelled) => {
          setAsked(false);
          setErased(cancelled);
          read();
        }}
      />
    </div>
  );
}

function Held({ data }: { readonly data: HeldOnServer }) {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const { registrations, ratings, questions, newsletter = [], following } = data;
  if (registrations.length + ratings.length + questions.length + newsletter.length === 0 && !following) {
    return <p className={styles.text}>{t('own.nothing')}</p>;
  }
  return (
    <>
      <ul className={styles.list}>
        {registrations.map((one) => (
          <li key={one.id}>
            <Card className={styles.held}>
              <p className={styles.name}>{shownIn(one.eventTitle, language).text}</p>
              <p>
                {one.firstName} {one.lastName} · {one.email}
              </p>
              <p className={styles.detail}>
                {[
                  t('own.party', { n: one.party }),
                  t(`desk.state.${one.state}`),
                  t('own.asked', { when: format.moment(Date.parse(one.requestedAt)) }),
                  one.needs,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {one.arrivals.map((arrival) => (
                <p key={`${arrival.at} ${arrival.door}`} className={styles.detail}>
                  {t(arrival.exit ? 'own.left' : 'own.arrived', {
                    when: format.moment(Date.parse(arrival.at)),
                    door: arrival.door,
                  })}
                </p>
              ))}
              {one.notes.map((note) => (
                <p key={note.at} className={styles.detail}>
                  {t('own.note', { text: note.text })}
                </p>
              ))}
            </Card>
          </li>
        ))}
      </ul>
      {ratings.length > 0 ? <p>{t('own.ratings', { n: ratings.length })}</p> : null}
      {questions.length > 0 ? <p>{t('own.questions', { n: questions.length })}</p> : null}
      {newsletter.map(({ email, state }) => (
        <p key={email}>{t(`own.newsletter.${state}`, { email })}</p>
      ))}
      {following?.endpoint ? <p>{t('own.push', { n: following.events.length })}</p> : null}
      {following?.feed ? <p>{t('own.feed', { n: following.events.length })}</p> : null}
    </>
  );
}

interface EraseDialogProps {
  readonly open: boolean;
  readonly waiting: number;
  readonly onClose: () => void;
  readonly onErased: (cancelled: number) => void;
}

function EraseDialog({ open, waiting, onClose, onErased }: EraseDialogProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<'unreachable' | 'too_many'>();
  const erase = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const done = await eraseEverything();
    setBusy(false);
    if (done.kind === 'done') onErased(done.cancelled);
    else setFailure(done.kind);
  };
  return (
    <Dialog
      open={open}
      onClose={() => {
        setFailure(undefined);
        onClose();
      }}
      title={t('own.erase.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('desk.cancel')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void erase()}>
            {t('own.erase.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('own.erase.text')}</p>
      {waiting > 0 ? <p>{t('own.erase.waiting', { n: waiting })}</p> : null}
      {failure ? (
        <Notice tone="attention" urgent>
          {t(failure === 'unreachable' ? 'own.erase.unreachable' : 'own.too_many')}
        </Notice>
      ) : null}
    </Dialog>
  );
}
