import { Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { FeaturedPlace } from '#domain/featured.ts';
import { featuredId, mayFeature } from '#domain/featured.ts';
import { regionOf, regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useContent } from '#client/hooks/use-content.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Me } from '#protocol/sign-in.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { whoAmI } from '#client/platform/session.ts';
import { FeaturedForm } from './featured-form.tsx';
import styles from './featured.module.css';

/** `/espace/une`: what the first page and the regions' pages show first. */
export function FeaturedScreen() {
  const t = useT();
  const { language } = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { current: edition } = useEditions();
  const { cards } = useProgramme(edition?.id);
  const { featured, loaded } = useContent();
  const [me, setMe] = useState<Me>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  useEffect(() => {
    void whoAmI().then((called) => {
      if (called.kind === 'done') setMe(called.value);
      else if (called.reason === 'sign_in_required') void navigate('/connexion', { replace: true });
      else setFailure(called.reason);
    });
  }, [navigate]);

  const standing = me && { role: me.role, regions: me.regions ?? [], bodies: [] };
  const places: FeaturedPlace[] = standing
    ? ['home', ...regionsAndNational.map((region) => region.code)].filter((place) => mayFeature(standing, place))
    : [];
  const place = places.find((one) => one === params.get('page')) ?? places[0];
  const id = edition && place && featuredId(edition.id, place);
  const stored = featured.find((one) => one.id === id);
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('featured.title')}
        lead={[t('featured.lead'), edition && shownIn(edition.title, language).text].filter(Boolean).join(' ')}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      {failure ? <CallNotice reason={failure} /> : null}
      {me && places.length === 0 ? <Notice tone="attention">{t('featured.notAllowed')}</Notice> : null}
      {place && edition && loaded ? (
        <>
          {places.length > 1 ? (
            <SelectField
              label={t('featured.place')}
              className={styles.place ?? ''}
              value={place}
              options={places.map((one) => ({
                value: one,
                label: one === 'home' ? t('featured.place.home') : shownIn(regionOf(one)?.name, language).text,
              }))}
              onChange={(next) => setParams({ page: next }, { replace: true })}
            />
          ) : null}
          <FeaturedForm key={id} editionId={edition.id} place={place} stored={stored} cards={cards} />
        </>
      ) : null}
      {me && places.length > 0 && !edition ? <EmptyState icon={Sparkles} text={t('featured.none')} /> : null}
    </div>
  );
}
