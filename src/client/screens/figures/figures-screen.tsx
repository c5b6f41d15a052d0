import { ChartColumn, RotateCw } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { isLocalDate } from '#domain/dates.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { FiguresFilter } from '#client/platform/figures.ts';
import { figuresQuery, readFigures, recallFigures } from '#client/platform/figures.ts';
import styles from './figures.module.css';
import { FiguresView } from './figures-view.tsx';

/** `/espace/tableau`: what the programme comes to, for whoever is signed in. */
export function FiguresScreen() {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const { editions, current } = useEditions();
  const [params, setParams] = useSearchParams();
  const wanted = params.get('edition');
  const edition = editions.find((one) => one.id === wanted) ?? current;
  const region = given(params, 'region', (code) => regionOf(code) !== undefined);
  const from = given(params, 'from', isLocalDate);
  const to = given(params, 'to', isLocalDate);
  const filter = useMemo<FiguresFilter | undefined>(
    () =>
      edition && {
        edition: edition.id,
        ...(region === undefined ? {} : { region }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    [edition, region, from, to],
  );
  const query = filter && figuresQuery(filter);
  const load = useCallback(
    () => (filter ? readFigures(filter) : new Promise<never>(() => undefined)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what an edition says of itself changes no figure
    [query],
  );
  const called = useCalled(load);
  const signedOut = called.failure === 'sign_in_required';
  useEffect(() => {
    if (signedOut) void navigate('/connexion', { replace: true });
  }, [signedOut, navigate]);

  const set = (key: keyof FiguresFilter, value: string): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  // What is read while the filter was another one is not shown under this one.
  const read = called.value && figuresQuery(called.value.filter) === query ? called.value : undefined;
  const last = useMemo(
    () => (called.failure === 'offline' && !read ? recallFigures() : undefined),
    [called.failure, read],
  );
  const kept = last && figuresQuery(last.filter) === query ? last : undefined;
  const seen = read ?? kept;
  const reach = (seen ?? called.value)?.answer.reach;
  const regions = (seen ?? called.value)?.answer.regions ?? (region ? [region] : []);
  const wrongPeriod = from !== undefined && to !== undefined && from > to;
  const asked = new URLSearchParams(last ? figuresQuery(last.filter) : '');
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('figures.title')}
        lead={reach ? t(`figures.reach.${reach}`) : t('figures.lead')}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      <section className={styles.filters} aria-label={t('programme.filters')}>
        <SelectField
          label={t('moderation.edition')}
          value={edition?.id ?? ''}
          options={editions.map((one) => ({ value: one.id, label: shownIn(one.title, format.language).text }))}
          onChange={(id) => set('edition', id)}
        />
        {regions.length > 1 || region ? (
          <SelectField
            label={t('programme.filter.region')}
            value={region ?? ''}
            options={[
              { value: '', label: t('programme.filter.all.region') },
              ...regions.map((code) => ({ value: code, label: shownIn(regionOf(code)?.name, format.language).text })),
            ]}
            onChange={(code) => set('region', code)}
          />
        ) : null}
        <Field
          type="date"
          label={t('figures.from')}
          value={from ?? ''}
          {...(to === undefined ? {} : { max: to })}
          onChange={(event) => set('from', event.target.value)}
        />
        <Field
          type="date"
          label={t('figures.to')}
          value={to ?? ''}
          {...(from === undefined ? {} : { min: from })}
          error={wrongPeriod ? t('figures.period.wrong') : undefined}
          onChange={(event) => set('to', event.target.value)}
        />
        <p className={styles.hint}>{t('figures.period.hint')}</p>
      </section>
      {called.failure && !signedOut && called.failure !== 'offline' ? (
        <CallNotice reason={called.failure} onRetry={called.reload} />
      ) : null}
      {called.failure === 'offline' ? (
        <Notice
          tone="attention"
          actions={
            <Button icon={RotateCw} busy={called.loading} onClick={called.reload}>
              {t('desk.retry')}
            </Button>
          }
        >
          {t(seen ? 'figures.offline.seen' : 'figures.offline.none', {
            at: seen ? format.moment(Date.parse(seen.answer.countedAt)) : '',
          })}{' '}
          {last && !kept ? <Link to={`?${asked}`}>{t('figures.offline.last')}</Link> : null}
        </Notice>
      ) : null}
      <p role="status" className={styles.status}>
        {called.loading
          ? t('figures.counting')
          : seen
            ? t('figures.counted', { at: format.moment(Date.parse(seen.answer.countedAt)) })
            : ''}
      </p>
      {seen && edition ? <FiguresView seen={seen} /> : null}
      {!seen && !called.loading && !called.failure ? (
        <EmptyState icon={ChartColumn} text={t('figures.noEdition')} />
      ) : null}
    </div>
  );
}

/** A parameter that anyone may have written: what is no possible value is left out. */
function given(params: URLSearchParams, key: string, valid: (value: string) => boolean): string | undefined {
  const value = params.get(key);
  return value !== null && valid(value) ? value : undefined;
}
