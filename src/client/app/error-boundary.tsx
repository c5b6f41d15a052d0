import { CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './error-boundary.module.css';

interface ErrorBoundaryProps {
  /** A change of it is a new page, and a new try. */
  readonly page: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error?: unknown;
  readonly failed: boolean;
  readonly page: string;
}

/** Catches what a page could not handle and offers a way on; what the person did is on the device all the same. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false, page: this.props.page };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { failed: true, error };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: BoundaryState): BoundaryState | null {
    return state.page === props.page ? null : { failed: false, page: props.page };
  }

  override render(): ReactNode {
    return this.state.failed ? <PageFailed notHere={isMissingPart(this.state.error)} /> : this.props.children;
  }
}

function PageFailed({ notHere }: { readonly notHere: boolean }) {
  const t = useT();
  return (
    <div className={styles.failed} role="alert">
      <h1 tabIndex={-1} className={styles.title}>
        {t(notHere ? 'shell.error.absent.title' : 'shell.error.title')}
      </h1>
      <EmptyState
        icon={notHere ? CloudOff : TriangleAlert}
        text={t(notHere ? 'shell.error.absent.text' : 'shell.error.text')}
        action={
          <div className={styles.actions}>
            <Button variant="primary" onClick={() => location.reload()}>
              {t('shell.error.reload')}
            </Button>
            <LinkButton to="/">{t('shell.error.home')}</LinkButton>
          </div>
        }
      />
    </div>
  );
}

/** A part of the app that this device does not have: opened offline before the app was whole, or replaced by an update. */
function isMissingPart(error: unknown): boolean {
  return (
    error instanceof TypeError && /dynamically imported module|module script failed|error loading/i.test(error.message)
  );
}
