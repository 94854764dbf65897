import './app/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, client } from './app/App';
import { loadLanguage } from './text/words';

// A page whose code went with a new version is loaded anew, once: while the server cannot be reached that would not help, and would take away what is there.
window.addEventListener('vite:preloadError', () => {
  const key = 'incidents-reloaded';
  if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return;
  fetch('/health/live', { cache: 'no-store' }).then(
    (answer) => {
      if (!answer.ok) return;
      sessionStorage.setItem(key, String(Date.now()));
      window.location.reload();
    },
    () => undefined,
  );
});

// What works without a connection is no part of the first page: it is fetched when that is there.
window.addEventListener('load', () => setTimeout(() => void import('./app/worker').then(({ start }) => start(client)), 1_500));

const root = document.getElementById('root');
if (root)
  void loadLanguage().then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
