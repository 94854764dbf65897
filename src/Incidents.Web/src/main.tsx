import './app/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, client } from './app/App';
import { loadLanguage } from './text/words';

// A page whose code went with a new version is loaded anew, once: without a connection that would not help.
window.addEventListener('vite:preloadError', () => {
  const key = 'incidents-reloaded';
  if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return;
  sessionStorage.setItem(key, String(Date.now()));
  window.location.reload();
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
