import { afterEach, expect, it } from 'vitest';
import { text } from '../src/text/en';
import { meText } from '../src/text/me';
import { pt } from '../src/text/pt';
import { preferred, use, words } from '../src/text/words';

const english = { title: text.nav.services, me: meText.now.off };
afterEach(() => use('en', {}));

it('takes what was chosen before what the browser prefers, and English for what it does not know', () => {
  expect(preferred(null, ['pt-BR', 'en'])).toBe('pt');
  expect(preferred('en', ['pt-BR'])).toBe('en');
  expect(preferred(null, ['de', 'fr'])).toBe('en');
  expect(preferred('xx', ['pt'])).toBe('en');
});

it('translates what is there already and what comes later', () => {
  use('pt', pt as never);
  expect([text.nav.services, meText.now.off]).toEqual(['Serviços', 'Você não está de plantão']);
  expect(text.list.alerts(2)).toBe('2 alertas');
  expect(words('wall', { gaps: 'Gaps ahead', own: 'stays' })).toEqual(expect.objectContaining({ gaps: 'Lacunas à frente', own: 'stays' }));
  expect(english).toEqual({ title: 'Services', me: 'You are not on call' });
});
