import { useSyncExternalStore } from 'react';

const query = matchMedia('(min-width: 900px)');
const pictures = matchMedia('(min-width: 700px)');

function onChange(list: MediaQueryList): (listener: () => void) => () => void {
  return (listener) => {
    list.addEventListener('change', listener);
    return () => list.removeEventListener('change', listener);
  };
}

const onWide = onChange(query);
const onPictures = onChange(pictures);

/** Room for the filters beside the list. */
export function useWide(): boolean {
  return useSyncExternalStore(onWide, () => query.matches);
}

/** Room for pictures in the list. */
export function usePictures(): boolean {
  return useSyncExternalStore(onPictures, () => pictures.matches);
}
