import * as ort from './ort/ort.wasm.bundle.min.mjs';

ort.env.wasm.wasmPaths = new URL('ort/', import.meta.url).href;
ort.env.wasm.numThreads = 1; // more of them need a page that is isolated by its headers

const SIDE = 28;

/** Opens a model of digits. Its pre-processing is inside: it takes the bytes of pictures, uint8 [N, 28, 28, 1]. */
export function open(url) {
  return ort.InferenceSession.create(url);
}

/** The probability of each digit, for a canvas or an image of any size, white on black. */
export async function classify(model, picture) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const grey = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < grey.length; i++) {
    // ITU-R 601, rounded as JZoo and Pillow do
    grey[i] = (19595 * data[4 * i] + 38470 * data[4 * i + 1] + 7471 * data[4 * i + 2] + 0x8000) >> 16;
  }
  const [input] = model.inputNames;
  const [output] = model.outputNames;
  const results = await model.run({ [input]: new ort.Tensor('uint8', grey, [1, SIDE, SIDE, 1]) });
  return results[output].data;
}
