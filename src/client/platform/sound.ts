/** What the person at the door hears and feels without looking: good, look at it, no. */
export type Tone = 'good' | 'attention' | 'bad';

const notes: Readonly<Record<Tone, readonly { hertz: number; at: number; lasts: number }[]>> = {
  good: [
    { hertz: 660, at: 0, lasts: 0.09 },
    { hertz: 990, at: 0.1, lasts: 0.14 },
  ],
  attention: [
    { hertz: 520, at: 0, lasts: 0.12 },
    { hertz: 520, at: 0.18, lasts: 0.12 },
  ],
  bad: [{ hertz: 180, at: 0, lasts: 0.4 }],
};
const pulses: Readonly<Record<Tone, number[]>> = { good: [60], attention: [60, 80, 60], bad: [300] };

let audio: AudioContext | undefined;

/** Browsers let a page sound only after a touch: call it in one. */
export function wakeSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    audio = undefined;
  }
}

export function play(tone: Tone): void {
  navigator.vibrate?.(pulses[tone]);
  if (audio?.state !== 'running') return;
  for (const note of notes[tone]) {
    const start = audio.currentTime + note.at;
    const oscillator = audio.createOscillator();
    const volume = audio.createGain();
    oscillator.type = tone === 'bad' ? 'square' : 'sine';
    oscillator.frequency.value = note.hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.25, start + 0.01);
    volume.gain.linearRampToValueAtTime(0, start + note.lasts);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + note.lasts);
  }
}
