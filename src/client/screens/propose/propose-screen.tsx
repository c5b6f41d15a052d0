import { FileX } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { LinkButton } from '#client/components/button.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ReadOnlyNote } from '#client/components/read-only.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useAccount } from '#client/hooks/use-account.ts';
import { useMyProposals, useProposal } from '#client/hooks/use-proposals.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { mayCorrect } from '#client/store/proposals.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { CopySection } from './copy-section.tsx';
import { CorrectPage } from './correct-page.tsx';
import { Drafts } from './drafts.tsx';
import styles from './propose.module.css';
import { emptyContent, openEditions } from './start.ts';
import { ProposalPage } from './proposal-page.tsx';
import { WritePage } from './write-page.tsx';

/** `/proposer`: a new proposal; `/proposer/{id}`: one that was begun, wherever it stands now; somebody else's to be put right. */
export function ProposeScreen() {
  const { id } = useParams();
  const { key } = useLocation();
  if (id === undefined) return <NewProposal key={key} />;
  return isUuid(id) ? <KnownProposal key={id} id={id} /> : <Unknown />;
}

function NewProposal() {
  const t = useT();
  const language = useLanguage();
  const { editions, loaded } = useEditions();
  const account = useAccount();
  const open = openEditions(editions);
  const [chosen, setChosen] = useState<string>();
  const [begun, setBegun] = useState<string>();
  const edition = open.find((one) => one.id === chosen) ?? open[0];
  // Who is signed in is read from the store a moment later: until the first letter the start may change.
  const content = useMemo(() => emptyContent(account), [account]);
  const proposals = useMyProposals();
  const onBegun = useCallback((id: string) => {
    setBegun(id);
    // A reload finds it again; the page is the same one, and the focus stays where one writes.
    history.replaceState(history.state, '', `/proposer/${id}`);
  }, []);
  if (account?.role === 'auditor')
    return (
      <div className={styles.page}>
        <PageHeader title={t('propose.title')} lead={t('propose.lead')} />
        <ReadOnlyNote />
      </div>
    );
  if (!edition)
    return (
      <div className={styles.page}>
        <PageHeader title={t('propose.title')} lead={t('propose.lead')} />
        {loaded ? <EmptyState icon={FileX} text={t('propose.none')} /> : <p role="status">{t('desk.loading')}</p>}
      </div>
    );
  return (
    <WritePage
      start={{ id: undefined, editionId: edition.id, content }}
      view={undefined}
      edition={edition}
      onBegun={onBegun}
    >
      {begun ? null : (
        <>
          <Drafts proposals={proposals?.filter((one) => one.state === 'draft') ?? []} />
          <CopySection edition={edition} />
          {open.length > 1 ? (
            <SelectField
              label={t('propose.edition')}
              value={edition.id}
              options={open.map(({ id, title }) => ({ value: id, label: shownIn(title, language).text }))}
              onChange={setChosen}
            />
          ) : null}
        </>
      )}
    </WritePage>
  );
}

function KnownProposal({ id }: { readonly id: string }) {
  const t = useT();
  const view = useProposal(id);
  const account = useAccount();
  const { editions, loaded } = useEditions();
  if (view === undefined || !loaded) return <p role="status">{t('desk.loading')}</p>;
  const edition = editions.find((one) => one.id === view?.editionId);
  if (view === null || !edition) return <Unknown />;
  if (mayCorrect(account, view)) return <CorrectPage view={view} edition={edition} />;
  return <ProposalPage view={view} edition={edition} />;
}

function Unknown() {
  const t = useT();
  return (
    <div className={styles.page}>
      <PageHeader title={t('propose.unknown')} back={{ to: '/espace', label: t('desk.title') }} />
      <EmptyState
        icon={FileX}
        text={t('propose.unknown.text')}
        action={<LinkButton to="/proposer">{t('propose.new')}</LinkButton>}
      />
    </div>
  );
}
