import { useEffect } from 'react';

/** The window's title while the page is shown; `PageHeader` does it by itself. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Escale` : 'Escale';
  }, [title]);
}
