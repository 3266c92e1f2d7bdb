import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createBrowserRouter, RouterProvider } from 'react-router';
import './ui/base.css';
import { colorSchemes } from './app/color-schemes.ts';
import { createI18n } from './app/i18n.ts';
import { createRoutes } from './app/routes.tsx';
import { createKeeper } from './app/session/keeper.ts';
import { loadSession } from './app/session/session.ts';
import { KeeperContext } from './app/session/use-session.ts';
import { cssVariables, theme } from './app/theme.ts';

const container = document.getElementById('app');
if (!container) throw new Error('index.html has no element "app"');

const i18n = await createI18n();
const keeper = createKeeper(() => i18n.language);
const router = createBrowserRouter(createRoutes((room) => i18n.loadNamespaces(room)));
void loadSession(keeper);

createRoot(container).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemes}
        defaultColorScheme="auto"
        withGlobalClasses={false}
        getStyleNonce={styleNonce}
      >
        <KeeperContext value={keeper}>
          <QueryClientProvider client={keeper.queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </KeeperContext>
      </MantineProvider>
    </I18nextProvider>
  </StrictMode>,
);

/** The server puts a fresh one into the page each time; style elements without it are refused by the browser. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
