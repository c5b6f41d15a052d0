import { useEffect, useEffectEvent, useState } from 'react';

/**
 * Pictures that are pasted into the page or dropped on it, at a desk: a ticket in an e-mail or on the screen.
 * @returns whether a file is held over the page
 */
export function usePictures(onPicture: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null, event: Event): void => {
    const picture = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (!picture) return;
    event.preventDefault();
    onPicture(picture);
  });
  useEffect(() => {
    const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener('paste', (event) => take(event.clipboardData, event), { signal });
    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFile(event)) return;
        // Without this the browser would leave the door to show the picture.
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (hasFile(event)) event.preventDefault();
        take(event.dataTransfer, event);
      },
      { signal },
    );
    return () => listeners.abort();
  }, []);
  return over;
}
