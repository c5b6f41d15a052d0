import { ArrowLeft, CircleCheck, CloudUpload, HardDrive, LogIn, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Edition } from '#domain/programme.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ProposalPill } from '#client/components/proposal/proposal-pill.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { proposalById, submitProposal } from '#client/store/proposals.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { Cell } from '#client/store/live.ts';
import { Conflict } from './conflict.tsx';
import { Preview } from './preview.tsx';
import { ProposalForm } from './proposal-form.tsx';
import styles from './propose.module.css';
import { Withdraw } from './withdraw.tsx';
import type { WritingState } from './writing.ts';
import { useWriting } from './use-writing.ts';

interface WritePageProps {
  readonly start: { readonly id: string | undefined; readonly editionId: string; readonly content: ProposalContent };
  /** What the store has of it; undefined of one that nobody has begun. */
  readonly view: ProposalView | undefined;
  readonly edition: Edition;
  readonly onBegun?: (id: string) => void;
  /** Above the form: what the moderators said, or how to begin. */
  readonly children?: ReactNode;
}

const nobody = (): void => undefined;
const nothing = new Cell<ProposalView | null | undefined>(undefined);

/** The form of a proposal while its author writes it: each letter kept, a preview, and the way to hand it in. */
export function WritePage({ start, view: given, edition, onBegun = nobody, children }: WritePageProps) {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const account = useAccount();
  const written = useWriting(start, given, onBegun);
  const { id, content } = written;
  const here = useLive(given || id === undefined ? nothing : proposalById(id));
  const view = given ?? here ?? undefined;
  const [looking, setLooking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [unsent, setUnsent] = useState(false);
  const title = shownIn(content.title, language);
  const heading = t(view?.eventId ? 'propose.title.edit' : 'propose.title');

  useEffect(() => {
    if (looking) window.scrollTo(0, 0);
  }, [looking]);

  const submit = async (): Promise<void> => {
    setBusy(true);
    // What was handed in or given up becomes a draft again by being written, be it with the same words.
    if (view?.state === 'submitted' || view?.state === 'withdrawn') written.replace((now) => ({ ...now }));
    const sent = await written.send();
    const done = sent !== undefined && account !== undefined && (await submitProposal(sent));
    setBusy(false);
    setUnsent(!done);
    if (!done) window.scrollTo(0, 0);
    else await navigate(`/proposer/${sent}`, { replace: true });
  };

  const back = `/proposer/${id ?? ''}`;
  return (
    <div className={styles.page}>
      <PageHeader
        title={heading}
        {...(title.text ? { within: title.text } : {})}
        lead={[shownIn(edition.title, language).text, title.text].filter(Boolean).join(' · ')}
        back={{ to: account ? '/espace' : '/', label: account ? t('desk.title') : t('shell.nav.programme') }}
      />
      <div className={styles.saved}>
        {view ? <ProposalPill proposal={view} status /> : null}
        <SavedState state={written.state} view={view} signedIn={account !== undefined} />
      </div>
      {view?.conflict ? <Conflict view={view} onChosen={written.reset} /> : null}
      {unsent && account && !view?.conflict ? (
        <Notice tone="problem" urgent>
          {t('propose.notSent')}
        </Notice>
      ) : null}
      {account ? null : (
        <Notice
          tone={unsent ? 'attention' : 'info'}
          urgent={unsent}
          actions={
            <LinkButton icon={LogIn} to={`/connexion?${new URLSearchParams({ retour: back })}`}>
              {t('desk.signin.title')}
            </LinkButton>
          }
        >
          {t(id === undefined ? 'propose.signin.before' : 'propose.signin')}
        </Notice>
      )}
      {looking ? (
        <>
          <div>
            <Button icon={ArrowLeft} onClick={() => setLooking(false)}>
              {t('propose.preview.back')}
            </Button>
          </div>
          <Preview content={content} id={id ?? start.editionId} edition={edition} />
        </>
      ) : (
        <>
          {children}
          <ProposalForm
            content={content}
            edition={edition}
            before={view?.before}
            requested={requestedOf(view)}
            replace={written.replace}
            busy={busy}
            onPreview={() => setLooking(true)}
            onSubmit={() => void submit()}
          />
          {view ? <Withdraw view={view} /> : null}
        </>
      )}
    </div>
  );
}

/** What the moderators asked for last, for as long as the author has not handed it in again. */
function requestedOf(view: ProposalView | undefined): readonly ProposalField[] {
  if (view?.state !== 'changes_requested') return NOTHING;
  return view.history.findLast((deed) => deed.kind === 'changes_requested')?.fields ?? NOTHING;
}

const NOTHING: readonly ProposalField[] = [];

interface SavedStateProps {
  readonly state: WritingState;
  readonly view: ProposalView | undefined;
  readonly signedIn: boolean;
}

/** Where the words are: on this device, on their way, or with the server. */
function SavedState({ state, view, signedIn }: SavedStateProps) {
  const t = useT();
  const failed = state === 'failed';
  const where = failed
    ? 'propose.saved.failed'
    : !view
      ? 'propose.saved.nothing'
      : view.pending || view.conflict || !signedIn
        ? 'propose.saved.here'
        : 'propose.saved.sent';
  const icon = failed ? TriangleAlert : where === 'propose.saved.sent' ? CloudUpload : view ? HardDrive : CircleCheck;
  return (
    <span role="status">
      <Icon of={icon} /> {t(where)}
    </span>
  );
}
