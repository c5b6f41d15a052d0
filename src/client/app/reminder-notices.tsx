import { useEffect } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { useReminders } from '#client/hooks/use-reminders.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { notify } from '#client/platform/notify.ts';

/** Reminds by a notification while the app is open behind others; what nobody was told so stays in the agenda until it is seen. */
export function ReminderNotices() {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { due, say } = useReminders();
  useEffect(() => {
    // In sight, the agenda's own mark says it.
    if (document.visibilityState === 'visible') return;
    for (const { key, event, slot, registration } of due) {
      const url = registration ? `/billets/${registration.id}` : `/evenements/${event.slug}`;
      const title = shownIn(event.title, language).text;
      const notice = { title, body: t('shell.reminder', { when: format.slot(slot) }), tag: `soon ${key}`, url };
      void notify(notice, () => say(key));
    }
  }, [due, say, t, format, language]);
  return null;
}
