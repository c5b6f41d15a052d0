import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProposalContent } from '#domain/proposal.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { newProposal, saveDraft, sendDraft } from '#client/store/proposals.ts';
import type { WritingPort, WritingState } from './writing.ts';
import { Writing } from './writing.ts';

export interface Written {
  readonly content: ProposalContent;
  readonly id: string | undefined;
  readonly state: WritingState;
  readonly replace: (next: (content: ProposalContent) => ProposalContent) => void;
  /** Resolves with the id once everything is written down and on its way. */
  readonly send: () => Promise<string | undefined>;
  /** Shows what the store holds again: what was typed here is there, or was let go. */
  readonly reset: () => void;
}

/** Milliseconds: far longer than a write of one's own takes to come back from the store. */
const QUIET = 5000;

interface Start {
  readonly id: string | undefined;
  readonly editionId: string;
  readonly content: ProposalContent;
}

/** Words of one's own proposal. */
const OWN: Pick<WritingPort, 'save' | 'send'> = {
  save: (of, next) => saveDraft(of, next, { send: false }),
  send: sendDraft,
};

/** The words of a form while they are typed. What is shown is what was typed here, else what the store holds, else the start. */
export function useWriting(
  start: Start,
  view: ProposalView | undefined,
  onBegun: (id: string) => void,
  port: Pick<WritingPort, 'save' | 'send'> = OWN,
): Written {
  const [own, setOwn] = useState<ProposalContent>();
  const [id, setId] = useState(start.id);
  const [state, setState] = useState<WritingState>('idle');
  const edition = useRef(start.editionId);
  edition.current = start.editionId;
  const begun = useRef(onBegun);
  begun.current = onBegun;
  const content = own ?? view?.content ?? start.content;
  const latest = useRef(content);
  latest.current = content;

  const [writing] = useState(
    () =>
      new Writing(
        {
          begin: async (first) => {
            const made = await newProposal(edition.current, { content: first });
            begun.current(made);
            return made;
          },
          ...port,
        },
        start.id,
        (now, of) => {
          setState(now);
          setId(of);
        },
      ),
  );

  const replace = useCallback(
    (next: (content: ProposalContent) => ProposalContent): void => {
      const changed = next(latest.current);
      if (changed === latest.current) return;
      latest.current = changed;
      setOwn(changed);
      writing.put(changed);
    },
    [writing],
  );

  useEffect(() => {
    const leave = (): void => void (document.visibilityState === 'hidden' && writing.send());
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      void writing.send();
    };
  }, [writing]);

  // What another device of the same person has written since takes its place here once this one has long been quiet.
  const elsewhere =
    own !== undefined &&
    view !== undefined &&
    !view.pending &&
    !view.conflict &&
    JSON.stringify(view.content) !== JSON.stringify(own);
  useEffect(() => {
    if (!elsewhere) return undefined;
    const timer = setTimeout(() => setOwn(undefined), QUIET);
    return () => clearTimeout(timer);
  }, [elsewhere, own, view]);

  const send = useCallback(() => writing.send(), [writing]);
  const reset = useCallback(() => setOwn(undefined), []);
  return { content, id, state, replace, send, reset };
}
