// Makes the one file of the page: node page/bundle.js OUT.html

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { compress } from 'lzma1';

/** The most that the page may weigh, gzipped. */
const MOST = 250 * 1024;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [out] = process.argv.slice(2);

async function bundle(entry, options) {
  const { outputFiles: [file] } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: !process.env.DEV,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    logOverride: { 'empty-import-meta': 'silent' },
    ...options,
  });
  return file.text.trim();
}

/** The module is in the page as LZMA: a quarter less than what gzip makes of it. */
const packed = {
  name: 'packed',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => (
      { contents: compress(await readFile(path), 9), loader: 'binary' }));
  },
};

const script = await bundle('main.js', { format: 'iife', target: 'es2022', plugins: [packed] });
const style = await bundle('style.css', {});
if (script.includes('</script') || style.includes('</style')) throw new Error('the page would end its own script or style');

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const parts = { policy, style, script };
const template = await readFile(here('index.html'), 'utf8');
const page = template.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
await writeFile(out, page);

const [size, zipped] = [Buffer.byteLength(page), gzipSync(page, { level: 9 }).length];
console.log(`${out}: ${size} bytes, ${zipped} gzipped`);
if (zipped > MOST) {
  console.error(`more than ${MOST} bytes gzipped`);
  process.exit(1);
}
