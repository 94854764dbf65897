import { describe, expect, it } from 'vitest';
import { snippets } from '../src/lib/snippets';

describe('snippets', () => {
  const integration = { name: 'x', url: 'http://localhost/in', service: 'checkout', lastAlertAt: null };

  it('of an Alertmanager send resolved alerts too', () =>
    expect(snippets({ ...integration, kind: 'alertmanager' })[0]?.code).toContain('send_resolved: true'));
  it('of a generic source resolve under the same key', () => {
    const [fire, resolve] = snippets({ ...integration, kind: 'generic' }).map(({ code }) => JSON.parse(/-d '(.*)'/.exec(code)?.[1] ?? '{}') as Record<string, string>);
    expect(resolve).toMatchObject({ dedupKey: fire?.dedupKey, status: 'resolved' });
  });
});
