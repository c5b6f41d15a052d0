import { useEffect, useRef, useState } from 'react';
import type { Tour } from '#domain/programme.ts';
import type { TourAnnouncement } from '#domain/tour-state.ts';
import { VisuallyHidden } from '#client/components/visually-hidden.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { said, walkOptions } from '#client/hooks/walk-session.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { speak } from '#client/platform/speech.ts';
import { announcementText } from './walk-text.ts';

/** Milliseconds of shaking and rest: arrived, and something is wrong. */
const SHAKES: Partial<Record<TourAnnouncement['kind'], number[]>> = {
  arrived: [200, 100, 200],
  missed: [400, 150, 400],
  astray: [400, 150, 400],
};

/** Says what happens on a walk to who does not look: to a screen reader, by the phone's shaking, and aloud where asked for. */
export function WalkAnnouncer({ tour }: { readonly tour: Tour }) {
  const t = useT();
  const format = useFormat();
  const latest = useLive(said);
  const { aloud } = useLive(walkOptions);
  const [text, setText] = useState('');
  // What happened before the page was opened was said then.
  const told = useRef(latest);
  const news = latest?.slug === tour.slug ? latest : undefined;
  useEffect(() => {
    if (!news || news === told.current) return;
    told.current = news;
    const sentences = news.announcements.map((one) => announcementText(one, { t, format, tour })).join(' ');
    setText(sentences);
    const shake = news.announcements.map((one) => SHAKES[one.kind]).find((pattern) => pattern !== undefined);
    if (shake) navigator.vibrate?.(shake);
    if (aloud) speak(sentences, format.language, () => undefined);
    // What was said is not said again because the language or an option changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [news]);
  return <VisuallyHidden live>{text}</VisuallyHidden>;
}
