// What the browser loads for the first page: the document, its scripts and styles, and the one font subset it needs.
// Fails above the budget, so that a heavy import is noticed where it happens.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const budget = 200 * 1024;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const files = new Set(['index.html', 'scheme.js']);
const add = (key) => {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.css?.forEach((file) => files.add(file));
  chunk.imports?.forEach(add);
};
add('index.html');
const font = Object.values(manifest).find((chunk) => /inter-latin-[^e].*\.woff2$/.test(chunk.file));
if (font) files.add(font.file);

const total = { gzip: 0, brotli: 0 };
for (const file of files) {
  const content = readFileSync(`dist/${file}`);
  const packed = file.endsWith('.woff2');
  const gzip = packed ? content.length : gzipSync(content, { level: 6 }).length;
  const brotli = packed ? content.length : brotliCompressSync(content).length;
  total.gzip += gzip;
  total.brotli += brotli;
  console.log(`${(gzip / 1024).toFixed(1).padStart(8)} ${(brotli / 1024).toFixed(1).padStart(8)}  ${file}`);
}
console.log(`${(total.gzip / 1024).toFixed(1).padStart(8)} ${(total.brotli / 1024).toFixed(1).padStart(8)}  KiB in all (gzip, brotli)`);
if (total.gzip > budget) {
  console.error(`The first page is over its budget of ${budget / 1024} KiB.`);
  process.exitCode = 1;
}
