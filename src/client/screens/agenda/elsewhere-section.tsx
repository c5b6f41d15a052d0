import { Bell, CalendarSync, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { useFollower } from '#client/hooks/use-follower.ts';
import { useT } from '#client/i18n/i18n.ts';
import { pushPermission } from '#client/platform/push.ts';
import styles from './agenda.module.css';
import { CalendarDialog } from './calendar-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { TakeOver } from './take-over.tsx';

interface ElsewhereSectionProps {
  /** Of the events that the person noted. */
  readonly noted: readonly string[];
}

/** The agenda on other screens, and being told of its changes: each only when it is asked for. */
export function ElsewhereSection({ noted }: ElsewhereSectionProps) {
  const t = useT();
  const follower = useFollower();
  const [open, setOpen] = useState<'calendar' | 'move'>();
  const offered = pushPermission() !== 'unsupported' && follower?.push === undefined;
  return (
    <section aria-labelledby="agenda-elsewhere" className={styles.elsewhere}>
      <h2 id="agenda-elsewhere" className={styles.dayHead}>
        {t('agenda.elsewhere')}
      </h2>
      <div className={styles.ways}>
        {offered ? (
          <LinkButton icon={Bell} to="/reglages#notifications">
            {t('agenda.notices')}
          </LinkButton>
        ) : null}
        <Button icon={CalendarSync} onClick={() => setOpen('calendar')}>
          {t('agenda.calendar')}
        </Button>
        {noted.length > 0 ? (
          <Button icon={Smartphone} onClick={() => setOpen('move')}>
            {t('agenda.move')}
          </Button>
        ) : null}
        <TakeOver />
      </div>
      <CalendarDialog open={open === 'calendar'} onClose={() => setOpen(undefined)} />
      <MoveDialog noted={noted} open={open === 'move'} onClose={() => setOpen(undefined)} />
    </section>
  );
}
