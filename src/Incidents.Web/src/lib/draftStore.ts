import type { Draft } from './draft';

/**
 * Drafts are kept in this browser, one for each person and schedule: an unfinished thought belongs to whoever has it, until it is published; so no server
 * has to know it, and a closed tab or an expired session loses nothing.
 */

const prefix = 'incidents-draft';

const keyOf = (login: string, schedule: string): string => `${prefix} ${login} ${schedule}`;

export function readDraft(login: string, schedule: string): Draft | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(keyOf(login, schedule)) ?? 'null') as Draft | null;
    return kept?.form === 1 ? kept : null;
  } catch {
    return null; // blocked, or not ours
  }
}

/** False: this browser does not keep it (storage is full or blocked). */
export function keepDraft(login: string, schedule: string, draft: Draft | null): boolean {
  try {
    if (draft) window.localStorage.setItem(keyOf(login, schedule), JSON.stringify(draft));
    else window.localStorage.removeItem(keyOf(login, schedule));
    return true;
  } catch {
    return draft === null;
  }
}

/** The schedules of which somebody has a draft here. */
export function draftedSchedules(login: string): string[] {
  try {
    const mine = `${prefix} ${login} `;
    return Object.keys(window.localStorage)
      .filter((key) => key.startsWith(mine))
      .map((key) => key.slice(mine.length));
  } catch {
    return [];
  }
}

/** Tells when another tab has changed the draft. */
export function onDraftChanged(login: string, schedule: string, told: () => void): () => void {
  const listen = (event: StorageEvent): void => {
    if (event.key === keyOf(login, schedule)) told();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
