import type { Locator } from '@playwright/test';
import readPicture from 'jsqr';

/** The text of the QR code that a person would see in a part of the screen: read from its pixels. */
export async function codeOnScreen(part: Locator): Promise<string> {
  const png = await part.screenshot();
  const { width, height, pixels } = await part.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const drawing = canvas.getContext('2d');
    if (!drawing) throw new Error('no canvas');
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, pixels: [...data] };
  }, png.toString('base64'));
  const read =
    typeof readPicture === 'function' ? readPicture : (readPicture as { default: typeof readPicture }).default;
  const found = read(new Uint8ClampedArray(pixels), width, height);
  if (!found) throw new Error('no code can be read on the screen');
  return found.data;
}
