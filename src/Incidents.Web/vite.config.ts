import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { packed } from './brotli-plugin.ts';
import { mockApi } from './mock/plugin.ts';
import { serviceWorker } from './worker-plugin.ts';

const server = process.env.INCIDENTS_URL ?? 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => ({
  plugins: [react(), serviceWorker(), packed(), ...(mode === 'mock' ? [mockApi()] : [])],
  base: '/',
  build: {
    target: 'es2022',
    // The server's content security policy forbids data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy:
      mode === 'mock'
        ? undefined
        : Object.fromEntries(['/api', '/health', '/signin', '/signout', '/simulator'].map((path) => [path, server])),
  },
  preview: { host: '127.0.0.1' },
  test: { environment: 'node', include: ['tests/**/*.test.ts'] },
}));
