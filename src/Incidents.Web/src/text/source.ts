import { words } from './words';

/** What a person reads about the address of an integration, and on buttons that copy. */
export const sourceText = words('source', {
  empty: 'No integration yet',
  emptyHint: 'Integrations come with the configuration document (incidentctl apply).',
  intro: 'Where alerts come in. Every integration has an address of its own that contains its key.',
  last: (age: string) => `last alert ${age} ago`,
  never: 'no alert yet',
  service: (name: string) => `default service ${name}`,
  setUp: 'Set up',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  copyUrl: 'Copy the address',
  url: 'Address',
  snippet: { alertmanager: 'Alertmanager', grafana: 'Grafana contact point (webhook)', curl: 'curl', curlResolve: 'curl (resolve)' },
});
