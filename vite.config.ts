import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const framework = /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next)\//;
const api = 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => ({
  // The test runner reads this file too and looks for its tests from the top of the checkout.
  root: fileURLToPath(new URL(mode === 'test' ? '.' : './client', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./dist/client', import.meta.url)),
    emptyOutDir: true,
    // A data: URL in a style sheet would need a wider content security policy.
    assetsInlineLimit: 0,
    // The polyfill for module preloading is of no use to browsers that can run the rest.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What changes seldom stays in the browser's cache when our own code changes.
      output: { codeSplitting: { groups: [{ name: 'framework', test: framework }] } },
    },
  },
  server: { proxy: { '/api': api, '/exit': api } },
}));
