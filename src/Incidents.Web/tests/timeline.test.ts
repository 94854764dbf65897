import { describe, expect, it } from 'vitest';
import { describe as describeEntry } from '../src/features/incident/describe';

describe('a timeline entry', () => {
  const entry = { at: '2026-11-21T10:00:00Z', actor: null, via: 'system', level: null, person: null, channel: null, attempt: null, text: null };

  it('says what the server says', () =>
    expect(describeEntry({ ...entry, kind: 'acknowledged', actor: 'ana', via: 'voice', text: 'ana acknowledged.' })).toMatchObject({ title: 'ana acknowledged.', extra: 'via phone', body: null }));
  it('quotes a note', () =>
    expect(describeEntry({ ...entry, kind: 'note', actor: 'ana', via: 'web', text: 'Restarted it.' })).toMatchObject({ title: 'ana wrote', body: 'Restarted it.' }));
  it('shows a kind that it does not know', () =>
    expect(describeEntry({ ...entry, kind: 'responderAdded', person: 'bruno' }).title).toBe('Responder added: bruno'));
});
