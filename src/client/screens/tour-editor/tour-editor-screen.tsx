import { QrCode as QrCodeIcon, Redo2, Send, Undo2 } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import { languages, textIn } from '#domain/text.ts';
import type { LatLon } from '#domain/tour-route.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ReadOnlyNote } from '#client/components/read-only.tsx';
import { useReadOnly } from '#client/hooks/use-read-only.ts';
import { useGround } from '#client/hooks/use-ground.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { useMapTexts } from '#client/map/map-texts.ts';
import type { TourEditHandle } from '#client/map/tour-edit-map.tsx';
import { newId } from '#client/store/ids.ts';
import { newStop, round, withStop } from './draft.ts';
import { DraftNotices } from './draft-notices.tsx';
import { RouteSection } from './route-section.tsx';
import { StopsSection } from './stops-section.tsx';
import styles from './tour-editor.module.css';
import type { DraftEditor, Editing } from './use-draft.ts';
import { useDraft } from './use-draft.ts';
import { useUndoKeys } from './use-undo-keys.ts';

const TourEditMap = lazy(async () => ({ default: (await import('#client/map/tour-edit-map.tsx')).TourEditMap }));

/** `/espace/evenements/:id/balade`: an organiser draws the walk of an event and writes its stops. */
export function TourEditorScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const back = { to: `/espace/evenements/${id}?vue=balade`, label: t('tour-edit.back') };
  if (!isUuid(id))
    return (
      <div className={styles.page}>
        <PageHeader title={t('tour-edit.page')} back={back} />
        <CallNotice reason="not_found" />
      </div>
    );
  return <TourEditor key={id} id={id} back={back} />;
}

function TourEditor({ id, back }: { readonly id: string; readonly back: { to: string; label: string } }) {
  const t = useT();
  const language = useLanguage();
  const editor = useDraft(id);
  const readOnly = useReadOnly();
  const { editing, failure, reload } = editor;
  const event = editing ? textIn(editing.published.title, language) : undefined;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('tour-edit.page')}
        back={back}
        lead={event ? <span lang={event.lang}>{event.text}</span> : undefined}
        {...(event ? { within: event.text } : {})}
        actions={
          editing?.published.tour ? (
            <LinkButton variant="quiet" icon={QrCodeIcon} to={`/espace/evenements/${id}/balade/codes`}>
              {t('tour-edit.codes')}
            </LinkButton>
          ) : null
        }
      />
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {editing && readOnly ? (
        <ReadOnlyNote />
      ) : editing ? (
        <Draft editor={editor} editing={editing} />
      ) : failure ? null : (
        <p role="status">{t('desk.loading')}</p>
      )}
    </div>
  );
}

/** What a touch of the map does. */
type Touch = 'look' | 'route' | 'stop';

function Draft({ editor, editing }: { readonly editor: DraftEditor; readonly editing: Editing }) {
  const t = useT();
  const language = useLanguage();
  const { draft } = editing;
  const { change } = editor;
  const [touch, setTouch] = useState<Touch>('look');
  const [chosen, setChosen] = useState<string>();
  const map = useRef<TourEditHandle>(null);
  const labels = useMapTexts(t('tour-edit.map'));
  const texts = useMemo(() => ({ ...labels, pointName: (n: number) => t('tour-edit.point', { n }) }), [labels, t]);
  const ground = useGround();
  const stops = useMemo(
    () =>
      draft.stops.map(({ id, lat, lon, title }, i) => ({
        id,
        lat,
        lon,
        name: t('tour.stop.name', { n: i + 1, title: textIn(title, language).text }),
      })),
    [draft.stops, language, t],
  );

  const addPoint = useCallback(
    (at: LatLon) => change((now) => ({ ...now, route: [...now.route, { lat: round(at.lat), lon: round(at.lon) }] })),
    [change],
  );
  const addStop = useCallback(
    (at: LatLon) => {
      const stop = newStop(newId(), at);
      change((now) => ({ ...now, stops: [...now.stops, stop] }));
      setChosen(stop.id);
    },
    [change],
  );
  const inTheMiddle = (add: (at: LatLon) => void) => () => {
    const at = map.current?.centre();
    if (at) add(at);
  };
  const choose = (id: string | undefined): void => {
    setChosen(id);
    const stop = draft.stops.find((one) => one.id === id);
    if (stop && Number.isFinite(stop.lat) && Number.isFinite(stop.lon)) map.current?.lookAt(stop);
  };

  useUndoKeys(editor);

  return (
    <div className={styles.columns}>
      <div className={styles.mapColumn}>
        <div className={styles.map}>
          <Suspense fallback={<p>{t('map.loading')}</p>}>
            <TourEditMap
              key={language}
              ref={map}
              stops={stops}
              route={draft.route}
              chosen={chosen}
              start={editing.published.position}
              texts={texts}
              ground={ground}
              adds={touch !== 'look'}
              onTap={touch === 'stop' ? addStop : addPoint}
              onStop={choose}
              onStopMoved={(id, { lat, lon }) =>
                change((now) => withStop(now, id, { lat: round(lat), lon: round(lon) }))
              }
              onPointMoved={(index, { lat, lon }) =>
                change((now) => ({
                  ...now,
                  route: now.route.with(index, { lat: round(lat), lon: round(lon) }),
                }))
              }
              onPointRemoved={(index) => change((now) => ({ ...now, route: now.route.filter((_, i) => i !== index) }))}
            />
          </Suspense>
        </div>
        <Choice
          label={t('tour-edit.touch')}
          value={touch}
          options={[
            { value: 'look', label: t('tour-edit.touch.look') },
            { value: 'route', label: t('tour-edit.touch.route') },
            { value: 'stop', label: t('tour-edit.touch.stop') },
          ]}
          onChange={setTouch}
        />
        <p className={styles.quiet}>{t('tour-edit.keyboard')}</p>
      </div>
      <div className={styles.forms}>
        <section className={styles.section} aria-labelledby="tour-edit-name">
          <h2 id="tour-edit-name">{t('tour-edit.name')}</h2>
          {languages.map((one) => (
            <Field
              key={one}
              label={t(`tour-edit.title.${one}`)}
              lang={one}
              maxLength={300}
              value={draft.title[one] ?? ''}
              onChange={(event) => {
                const title = event.target.value;
                change((now) => ({ ...now, title: { ...now.title, [one]: title } }));
              }}
            />
          ))}
        </section>
        <StopsSection draft={draft} chosen={chosen} onChoose={choose} onChange={change} onAdd={inTheMiddle(addStop)} />
        <RouteSection
          draft={draft}
          slug={editing.published.tour?.slug ?? editing.published.slug}
          onChange={change}
          onAdd={inTheMiddle(addPoint)}
        />
        <div className={styles.save}>
          <DraftNotices editor={editor} editing={editing} onChoose={choose} />
          <ActionBar>
            <Button
              variant="primary"
              size="large"
              icon={Send}
              busy={editor.save.kind === 'saving'}
              disabled={!editor.dirty || editor.save.kind === 'conflict'}
              onClick={() => void editor.publish()}
            >
              {t('tour-edit.publish')}
            </Button>
            <Button size="large" icon={Undo2} disabled={editing.undo.length === 0} onClick={editor.takeBack}>
              {t('tour-edit.undo')}
            </Button>
            {editing.redo.length > 0 ? (
              <Button size="large" icon={Redo2} onClick={editor.takeAgain}>
                {t('tour-edit.redo')}
              </Button>
            ) : null}
          </ActionBar>
        </div>
      </div>
    </div>
  );
}
