import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** What a module needs at once: its file, its styles and what it imports. */
function needs(manifest: Record<string, Chunk>, key: string, files = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  chunk.css?.forEach((file) => files.add(file));
  chunk.imports?.forEach((one) => needs(manifest, one, files));
  return files;
}

/** What must be there without a connection, messages and menus too; the other pages are kept once they were opened. */
const atHand = ['index.html', 'src/features/incident/IncidentPage.tsx', 'src/app/worker.tsx', 'src/app/ToastContainer.tsx', 'src/app/UserMenu.tsx', 'src/app/MoreSheet.tsx'];

/** The service worker: one file of its own at the root, with the names of the files of this build in it. */
export function serviceWorker(): Plugin {
  return {
    name: 'incidents-service-worker',
    apply: 'build',
    async closeBundle() {
      const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;
      for (const key of atHand) if (!manifest[key]) throw new Error(`The build has no ${key}: name what must be there without a connection anew.`);
      const shell = new Set(atHand.flatMap((key) => [...needs(manifest, key)]));
      const font = Object.values(manifest).find(({ file }) => /inter-latin-[^e].*\.woff2$/.test(file));
      if (font) shell.add(font.file);
      const files = new Set(Object.values(manifest).flatMap(({ file, css }) => [file, ...(css ?? [])]));
      const paths = (list: Set<string>): string[] => [...list].filter((file) => file.startsWith('assets/')).map((file) => `/${file}`).sort();
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __SHELL__: JSON.stringify(paths(shell)), __FILES__: JSON.stringify(paths(files)) },
        build: { target: 'es2022', outDir: 'dist', emptyOutDir: false, lib: { entry: 'src/worker/sw.ts', formats: ['iife'], name: 'worker', fileName: () => 'sw.js' } },
      });
    },
  };
}
