import { Download, Eraser, Plus } from 'lucide-react';
import { useState } from 'react';
import type { LatLon } from '#domain/tour-route.ts';
import { routeOf } from '#domain/tour-route.ts';
import { walkingMinutes, wayOf } from '#domain/tour-plan.ts';
import { tourToGpx } from '#interop/gpx.ts';
import { tourToGeoJson } from '#interop/tour-geojson.ts';
import { Button } from '#client/components/button.tsx';
import { CheckField, TextAreaField } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import type { TourDraft } from './draft.ts';
import { isOnEarth, readPoints, round, stopDraftOf, tourOf, writePoints } from './draft.ts';
import { GpxImport } from './gpx-import.tsx';
import styles from './tour-editor.module.css';

interface RouteSectionProps {
  readonly draft: TourDraft;
  /** Of the address of the tour's page and of files. */
  readonly slug: string;
  readonly onChange: (draft: TourDraft) => void;
  /** A point in the middle of the map. */
  readonly onAdd: () => void;
}

/** The line: imported, drawn, or typed point by point. */
export function RouteSection({ draft, slug, onChange, onAdd }: RouteSectionProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const usable = draft.stops.length > 0 && draft.stops.every(isOnEarth);
  const tour = { slug, ...tourOf(draft) };
  const url = `${location.origin}/balades/${slug}`;
  return (
    <section className={styles.section} aria-labelledby="tour-edit-route">
      <h2 id="tour-edit-route">{t('tour-edit.route')}</h2>
      <p className={styles.quiet}>{usable ? lengthText(tour, t, format) : t('tour-edit.route.none')}</p>
      <div className={styles.row}>
        <GpxImport
          onImport={(found, what) =>
            onChange({
              title: what === 'all' && found.title ? { ...draft.title, ...found.title } : draft.title,
              stops: what === 'all' ? found.stops.map(stopDraftOf) : draft.stops,
              route: found.route ? found.route.map(([lat, lon]) => ({ lat, lon })) : draft.route,
              approximate: found.approximate ?? false,
            })
          }
        />
        <Button icon={Plus} onClick={onAdd}>
          {t('tour-edit.point.add')}
        </Button>
        {draft.route.length > 0 ? (
          <Button icon={Eraser} onClick={() => onChange({ ...draft, route: [] })}>
            {t('tour-edit.route.clear')}
          </Button>
        ) : null}
      </div>
      <CheckField
        label={t('tour-edit.approximate')}
        hint={t('tour-edit.approximate.hint')}
        checked={draft.approximate}
        onChange={(event) => onChange({ ...draft, approximate: event.target.checked })}
      />
      <details className={styles.details}>
        <summary>{t('tour-edit.points')}</summary>
        <PointsForm route={draft.route} onChange={(route) => onChange({ ...draft, route })} />
      </details>
      {usable ? (
        <div className={styles.row}>
          <Button
            variant="quiet"
            icon={Download}
            onClick={() => saveFile(`${slug}.gpx`, 'application/gpx+xml', tourToGpx(tour, { language, url }))}
          >
            {t('tour-edit.export.gpx')}
          </Button>
          <Button
            variant="quiet"
            icon={Download}
            onClick={() => saveFile(`${slug}.geojson`, 'application/geo+json', tourToGeoJson(tour, url))}
          >
            {t('tour-edit.export.geojson')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function lengthText(
  tour: Parameters<typeof routeOf>[0],
  t: ReturnType<typeof useT>,
  format: ReturnType<typeof useFormat>,
): string {
  const route = routeOf(tour);
  const metres = wayOf(route, route.length);
  return t(route.kind === 'drawn' ? 'tour-edit.route.drawn' : 'tour-edit.route.straight', {
    distance: format.distance(Math.round(metres / 10) * 10),
    minutes: Math.max(1, Math.round(walkingMinutes(metres))),
    points: route.points.length,
  });
}

interface PointsFormProps {
  readonly route: readonly LatLon[];
  readonly onChange: (route: LatLon[]) => void;
}

/** The line without a map. */
function PointsForm({ route, onChange }: PointsFormProps) {
  const t = useT();
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? undefined : readPoints(typed);
  return (
    <div className={styles.points}>
      <TextAreaField
        label={t('tour-edit.points.label')}
        hint={t('tour-edit.points.hint')}
        rows={8}
        spellCheck={false}
        value={typed ?? writePoints(route)}
        error={read?.kind === 'bad' ? t('tour-edit.points.bad', { line: read.line }) : undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button
        disabled={read?.kind !== 'read'}
        onClick={() => {
          if (read?.kind !== 'read') return;
          onChange(read.points.map(({ lat, lon }) => ({ lat: round(lat), lon: round(lon) })));
          setTyped(undefined);
        }}
      >
        {t('tour-edit.points.take')}
      </Button>
    </div>
  );
}
