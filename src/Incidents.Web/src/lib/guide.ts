import type { Made } from './welcome';

/** Whether the first-run guide has been begun here, and what it made; nothing secret. Kept apart from the guide, because every page asks. */
const key = 'incidents-welcome';

export function guideMemory(): Made | null {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? 'null') as Made | null;
  } catch {
    return null; // storage may be blocked, or holds what is not ours
  }
}

/** Null: the guide is over. */
export function rememberGuide(made: Made | null): void {
  try {
    if (made) window.localStorage.setItem(key, JSON.stringify(made));
    else window.localStorage.removeItem(key);
  } catch {
    // without storage the guide goes by what the organisation has
  }
}
