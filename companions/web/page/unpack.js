// Unpacks LZMA. Of lzma1 only the half that decodes: the other one is as large as the page's own
// program, and its entry point brings both.

import { Decoder } from '../node_modules/lzma1/lib/decoder.js';
import { InputBuffer, OutputBuffer } from '../node_modules/lzma1/lib/streams.js';

/** The bytes that were packed. */
export function unpack(bytes) {
  const output = new OutputBuffer(bytes.length * 4);
  new Decoder().decompress(new InputBuffer(bytes), output);
  return output.toArray();
}
