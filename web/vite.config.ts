import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/* In development the API of a running server is proxied, so that cookies stay on one origin:
 * XJ_API=http://127.0.0.1:PORT npm run dev */
const api = process.env['XJ_API'];

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'chrome111',
    outDir: 'dist',
    assetsInlineLimit: 0, // a data: URL would need another word in the CSP
    modulePreload: { polyfill: false },
    manifest: true, // tools/size.mjs reads it
    chunkSizeWarningLimit: 1500,
  },
  server: api ? { proxy: { '/api': api } } : {},
  test: { include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], environment: 'node' },
});
