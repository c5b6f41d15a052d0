/** What the person at the door hears and feels without looking: good, look at it, no. Never the only sign: the screen says the same. */
export type Tone = 'good' | 'attention' | 'bad';

interface Note {
  readonly hertz: number;
  /** Seconds from the start. */
  readonly at: number;
  readonly lasts: number;
}

/** Told apart by their number, height and length, also by an ear that hears no high tones, and in a hall full of voices. */
const notes: Readonly<Record<Tone, readonly Note[]>> = {
  // One rising pair.
  good: [
    { hertz: 880, at: 0, lasts: 0.08 },
    { hertz: 1320, at: 0.09, lasts: 0.14 },
  ],
  // Three even beats.
  attention: [
    { hertz: 620, at: 0, lasts: 0.1 },
    { hertz: 620, at: 0.16, lasts: 0.1 },
    { hertz: 620, at: 0.32, lasts: 0.1 },
  ],
  // One long low fall.
  bad: [
    { hertz: 240, at: 0, lasts: 0.3 },
    { hertz: 170, at: 0.3, lasts: 0.4 },
  ],
};
/** Milliseconds on, off, on. */
const pulses: Readonly<Record<Tone, number[]>> = {
  good: [60],
  attention: [70, 90, 70, 90, 70],
  bad: [450],
};
const VOLUME = 0.35;

let audio: AudioContext | undefined;

/** Browsers let a page sound only after a touch or a key: call it in one. */
export function wakeSound(): void {
  try {
    audio ??= new AudioContext();
    // Also after a call, which interrupts it on iOS.
    if (audio.state !== 'running') void audio.resume().catch(() => undefined);
  } catch {
    audio = undefined;
  }
}

/** @param silent the hand alone feels it */
export function play(tone: Tone, silent = false): void {
  navigator.vibrate?.(pulses[tone]);
  if (silent || audio?.state !== 'running') return;
  for (const { hertz, at, lasts } of notes[tone]) {
    const start = audio.currentTime + at;
    const oscillator = audio.createOscillator();
    const volume = audio.createGain();
    // A phone's small speaker hardly gives a low sine.
    oscillator.type = tone === 'bad' ? 'square' : 'triangle';
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(VOLUME, start + 0.01);
    volume.gain.setValueAtTime(VOLUME, start + lasts - 0.03);
    volume.gain.linearRampToValueAtTime(0, start + lasts);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + lasts);
  }
}
