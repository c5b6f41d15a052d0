import { useEffect, useRef, useState } from 'react';
import type { Taken } from '#client/platform/pictures.ts';
import { pictureAddress, takePicture } from '#client/platform/pictures.ts';

/** What became of the file that was chosen last; undefined before the first one. */
export type Choice = Taken | { readonly kind: 'working' } | undefined;

/** Makes chosen files into pictures that this device keeps and sends. @param kept is given the address of each */
export function usePictureChoice(kept: (url: string) => void): {
  readonly choice: Choice;
  readonly take: (file: File) => Promise<void>;
  readonly forget: () => void;
} {
  const [choice, setChoice] = useState<Choice>();
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const take = async (file: File): Promise<void> => {
    setChoice({ kind: 'working' });
    const taken = await takePicture(file);
    if (gone.current) return;
    setChoice(taken);
    if (taken.kind === 'kept') kept(pictureAddress(taken.sha256));
  };
  return { choice, take, forget: () => setChoice(undefined) };
}
