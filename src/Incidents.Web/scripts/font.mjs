// Writes src/app/inter-latin.woff2: Inter as the console uses it, of the package's file (SIL Open Font License 1.1, as the package's
// LICENSE has it). Only the weights from 400 to 700 and the characters of Latin-1 are kept, which is a third off the first page.
//   npm run font      once, when the package has a new version; the file is committed
import { readFileSync, writeFileSync } from 'node:fs';
import subset from 'subset-font';

const ranges = [
  [0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x304], [0x308], [0x329],
  [0x2000, 0x206f], [0x20ac], [0x2122], [0x2191], [0x2193], [0x2212], [0x2215], [0xfeff], [0xfffd],
];
const characters = ranges.flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n))).join('');
const whole = readFileSync('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
const small = await subset(whole, characters, { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 700 } } });
writeFileSync('src/app/inter-latin.woff2', small);
console.log(`${whole.length} bytes, of which ${small.length} are kept`);
