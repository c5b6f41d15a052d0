import type { RefObject } from 'react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Scanner } from '#client/platform/scanner.ts';
import type { Wanted } from '#client/platform/scanner-messages.ts';
import type { CameraState } from './use-camera.ts';
import { useCamera } from './use-camera.ts';

interface CodeScanView {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: CameraState['kind'];
  readonly mirrored: boolean;
  /** `network`: the reader is not on this device yet. `none`: the photograph has no such code. */
  readonly note: 'network' | 'none' | undefined;
  readonly start: () => void;
  readonly retry: () => void;
  readonly readPhoto: (file: File) => Promise<void>;
}

/**
 * Looks for codes of one kind with the camera, or in a photograph.
 * @param onCode told of each code that is new in view, with a mark in place of one that is not wanted
 */
export function useCodeScan(wanted: Wanted, onCode: (text: string) => void): CodeScanView {
  const [note, setNote] = useState<CodeScanView['note']>();
  const video = useRef<HTMLVideoElement>(null);
  const scanner = useRef<Scanner>(undefined);
  const found = useEffectEvent((text: string) => {
    setNote(undefined);
    onCode(text);
  });
  useEffect(() => {
    const made = new Scanner((text) => found(text), false, wanted);
    scanner.current = made;
    void made.ready.then((ready) => {
      if (ready.kind === 'failed') setNote('network');
    });
    return () => {
      made.close();
      scanner.current = undefined;
    };
  }, [wanted]);
  const watch = useCallback((playing: HTMLVideoElement) => {
    scanner.current?.watch(playing);
    return () => scanner.current?.pause();
  }, []);
  const { state, start, retry } = useCamera(video, watch);
  const readPhoto = async (file: File): Promise<void> => {
    const text = await scanner.current?.photo(file);
    if (text === undefined) setNote('none');
    else onCode(text);
  };
  const mirrored = state.kind === 'on' && state.camera.isMirrored;
  return { video, camera: state.kind, mirrored, note, start, retry, readPhoto };
}
