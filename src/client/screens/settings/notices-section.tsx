import { Bell, BellOff } from 'lucide-react';
import { useState } from 'react';
import { reminderLeads } from '#domain/reminder.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { Notice } from '#client/components/notice.tsx';
import { endNotices, startNotices, useFollower } from '#client/hooks/use-follower.ts';
import { DEFAULT_LEAD } from '#client/hooks/use-reminders.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useT } from '#client/i18n/i18n.ts';
import { pushPermission } from '#client/platform/push.ts';
import styles from './settings.module.css';

/** Being told of changes and of what begins soon. Nothing is asked before the person presses. */
export function NoticesSection() {
  const t = useT();
  const follower = useFollower();
  const [lead, setLead] = useSetting('reminder');
  const [permission, setPermission] = useState(pushPermission);
  const [state, setState] = useState<'none' | 'busy' | 'refused' | 'offline'>('none');
  const on = follower?.push !== undefined && permission === 'granted';

  const start = async (): Promise<void> => {
    setState('busy');
    const asked = await startNotices();
    setPermission(pushPermission());
    setState(asked === 'done' ? 'none' : asked);
  };
  const end = async (): Promise<void> => {
    setState('busy');
    await endNotices();
    setState('none');
  };
  return (
    <section className={styles.part} id="notifications" aria-labelledby="notifications-titre">
      <h2 id="notifications-titre">{t('settings.notices')}</h2>
      <p className={styles.text}>{t('settings.notices.text')}</p>
      <div role="status">
        {on ? <Notice tone="success">{t('settings.notices.on')}</Notice> : null}
        {state === 'refused' || permission === 'denied' ? (
          <Notice tone="attention">{t('settings.notices.refused')}</Notice>
        ) : null}
        {state === 'offline' ? <Notice tone="attention">{t('settings.notices.offline')}</Notice> : null}
        {permission === 'unsupported' ? <Notice>{t('settings.notices.unsupported')}</Notice> : null}
      </div>
      {on ? (
        <Button className={styles.start ?? ''} icon={BellOff} busy={state === 'busy'} onClick={() => void end()}>
          {t('settings.notices.end')}
        </Button>
      ) : permission === 'default' || permission === 'granted' ? (
        <Button className={styles.start ?? ''} icon={Bell} busy={state === 'busy'} onClick={() => void start()}>
          {t('settings.notices.start')}
        </Button>
      ) : null}
      <Choice
        label={t('settings.reminder')}
        value={lead ?? DEFAULT_LEAD}
        options={reminderLeads.map((value) => ({ value, label: t(`settings.reminder.${value}`) }))}
        onChange={setLead}
      />
      <p className={styles.quiet}>{t('settings.reminder.text')}</p>
    </section>
  );
}
