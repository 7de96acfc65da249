/* inspect/picture.ts -- a photograph made small enough to be sent from a phone. */
import { guardedFetch } from '../api/client';

const LONGEST = 1600;
const QUALITY = 0.82;

/** FILE as a JPEG of at most 1600 pixels, upright and without what a camera writes into it. */
export async function smallPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('no picture')); }, 'image/jpeg', QUALITY);
  });
}

export async function sendPicture(finding: number, picture: Blob, key: string): Promise<void> {
  await guardedFetch(
    new Request(new URL(`/api/v1/findings/${finding}/pictures`, location.href), {
      method: 'POST',
      headers: { 'Content-Type': 'image/jpeg', 'Idempotency-Key': key },
      body: picture,
    }),
  );
}
