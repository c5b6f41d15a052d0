/** Reading aloud by the device's own voices: offline wherever the device has them. */
export type SpeechState = 'silent' | 'speaking' | 'paused';

/** A voice of the language; undefined where there is none. */
function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  const voices = synthesis()?.getVoices() ?? [];
  const own = voices.filter((voice) => voice.lang.slice(0, 2).toLowerCase() === language.slice(0, 2));
  return own.find((voice) => voice.localService) ?? own[0];
}

function synthesis(): SpeechSynthesis | undefined {
  return 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined;
}

export function canSpeak(language: string): boolean {
  return voiceFor(language) !== undefined;
}

/** Voices come some time after the page. */
export function onVoices(listener: () => void): () => void {
  const speech = synthesis();
  speech?.addEventListener?.('voiceschanged', listener);
  return () => speech?.removeEventListener?.('voiceschanged', listener);
}

/** Characters that are spoken in one go: some engines fall silent after fifteen seconds. */
const PIECE = 200;

let current = 0;
/** Whoever is being read to. */
let reader: ((state: SpeechState) => void) | undefined;

/**
 * Reads a text, in the place of what was being read.
 * @param onState `silent` at its end
 * @returns a function that ends it, and nothing that is read since
 */
export function speak(text: string, language: string, onState: (state: SpeechState) => void): () => void {
  const speech = synthesis();
  const voice = voiceFor(language);
  if (!speech || !voice) {
    onState('silent');
    return () => undefined;
  }
  const mine = ++current;
  reader?.('silent');
  reader = onState;
  // A queue that was paused would stay so.
  speech.resume();
  speech.cancel();
  const pieces = piecesOf(text);
  const next = (i: number): void => {
    if (mine !== current) return;
    const piece = pieces[i];
    if (piece === undefined) {
      reader = undefined;
      return onState('silent');
    }
    const utterance = new SpeechSynthesisUtterance(piece);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.addEventListener('end', () => next(i + 1));
    utterance.addEventListener('error', () => mine === current && onState('silent'));
    speech.speak(utterance);
  };
  onState('speaking');
  next(0);
  return () => {
    if (mine !== current) return;
    current += 1;
    reader = undefined;
    speech.resume();
    speech.cancel();
  };
}

export function pauseSpeech(): void {
  synthesis()?.pause();
}

export function resumeSpeech(): void {
  synthesis()?.resume();
}

/** Whole sentences together, as long as they fit. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const sentence of text.match(/[^.!?…\n]+[.!?…]*\s*/g) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= PIECE) pieces[pieces.length - 1] = last + sentence;
    else pieces.push(sentence);
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
