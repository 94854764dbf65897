import { expect, it } from 'vitest';
import { initials } from '../src/lib/people';

it('initials are two capitals', () => expect(['ana', 'Ana Souza', 'jüri.kask', ''].map(initials)).toEqual(['AN', 'AS', 'JK', '?']));
