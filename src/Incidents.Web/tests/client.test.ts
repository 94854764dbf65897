import { describe, expect, it } from 'vitest';
import { ApiError, signInUrl } from '../src/api/client';

describe('an error of the API', () => {
  it('names the faulty fields first', () =>
    expect(new ApiError(422, { title: 'Invalid', errors: [{ path: 'title', message: 'is missing' }] }).message).toBe('title: is missing'));
  it('says that the server cannot be reached', () => expect(new ApiError(0, {}).message).toContain('cannot be reached'));
});

it('signing in comes back to the same page', () =>
  expect(signInUrl({ pathname: '/incidents/42', search: '?a=b' })).toBe('/signin?return=%2Fincidents%2F42%3Fa%3Db'));
