// Compiles our messages and views against Slack's own types: a wrong block, element or field is a type error.
// Usage: node types.mjs shapes.json, with {"name": {"kind": "message" | "view", "value": …}}
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const shapes = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const folder = mkdtempSync(join(here, 'check-'));
try {
  const kinds = { message: 'KnownBlock[]', view: 'ModalView' };
  const lines = Object.entries(shapes).map(([name, { kind, value }], i) => `// ${name}\nexport const v${i}: ${kinds[kind]} = ${JSON.stringify(value)};`);
  writeFileSync(join(folder, 'shapes.ts'), `import type { KnownBlock, ModalView } from '@slack/types';\n${lines.join('\n')}\n`);
  execFileSync(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--types', '', join(folder, 'shapes.ts')], { stdio: 'pipe' });
  console.log(JSON.stringify({ checked: lines.length }));
} catch (e) {
  console.error(String(e.stdout ?? e));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
