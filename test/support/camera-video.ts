import { writeFile } from 'node:fs/promises';
import encodeQR from 'qr';

/** A code in the picture; without a place it stands in the middle. */
export interface PictureCode {
  readonly text: string;
  /** Centre, as shares of width and height. */
  readonly x?: number;
  readonly y?: number;
  /** Side, as a share of the picture's height; 0.9 by default. */
  readonly size?: number;
}

/** What the camera sees for a while; no code at all is an empty wall. */
export interface Scene {
  readonly seconds: number;
  readonly codes: readonly PictureCode[];
}

export interface VideoOptions {
  readonly width?: number;
  readonly height?: number;
  /** Frames a second: a low rate keeps the file small. */
  readonly rate?: number;
}

const PAPER = 225;
const INK = 30;
const NEUTRAL = 128;

/**
 * An uncompressed film (YUV4MPEG2, 4:2:0) for Chromium's fake camera, which plays it in a loop:
 * `--use-fake-device-for-media-stream --use-fake-ui-for-media-stream --use-file-for-fake-video-capture=FILE`.
 * The codes are real QR codes with a quiet zone, so that a scanner is tested on pictures and not on texts.
 */
export function cameraVideo(scenes: readonly Scene[], options: VideoOptions = {}): Buffer {
  const { width = 640, height = 480, rate = 5 } = options;
  const chunks: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`)];
  const colour = Buffer.alloc(((width / 2) * height) / 2, NEUTRAL);
  for (const scene of scenes) {
    const luma = Buffer.alloc(width * height, 150);
    for (const code of scene.codes) draw(luma, width, height, code);
    const frames = Math.max(1, Math.round(scene.seconds * rate));
    for (let i = 0; i < frames; i++) chunks.push(Buffer.from('FRAME\n'), luma, colour, colour);
  }
  return Buffer.concat(chunks);
}

/** Writes the film; the path must be absolute for Chromium to find it. */
export async function writeCameraVideo(path: string, scenes: readonly Scene[], options?: VideoOptions): Promise<void> {
  await writeFile(path, cameraVideo(scenes, options));
}

function draw(luma: Buffer, width: number, height: number, code: PictureCode): void {
  const modules = encodeQR(code.text, 'raw', { ecc: 'medium', border: 4 });
  const count = modules.length;
  const pixels = Math.floor((height * (code.size ?? 0.9)) / count);
  if (pixels < 1) throw new RangeError('the picture is too small for the code');
  const left = Math.round(width * (code.x ?? 0.5) - (count * pixels) / 2);
  const top = Math.round(height * (code.y ?? 0.5) - (count * pixels) / 2);
  for (let y = 0; y < count * pixels; y++) {
    const row = modules[Math.floor(y / pixels)]!;
    for (let x = 0; x < count * pixels; x++) {
      const at = (top + y) * width + left + x;
      if (left + x >= 0 && left + x < width && at >= 0 && at < luma.length)
        luma[at] = row[Math.floor(x / pixels)] ? INK : PAPER;
    }
  }
}
