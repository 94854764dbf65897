import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../../lib/clock';
import { changed, type Draft, type DraftState, redone, undone } from '../../../lib/draft';
import { keepDraft, onDraftChanged, readDraft } from '../../../lib/draftStore';

export interface DraftHandle {
  draft: Draft;
  /** False: it is lost with this page. */
  kept: boolean;
  change: (next: DraftState) => void;
  undo: () => void;
  redo: () => void;
  /** Another draft in its place, as after a conflict. */
  replace: (draft: Draft) => void;
  drop: () => void;
}

/** A draft while it is edited: kept with every change, and the same in every tab of this browser. Null until there is one. */
export function useDraft(login: string, schedule: string): { handle: DraftHandle | null; begin: (draft: Draft) => void } {
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(login, schedule));
  const [kept, setKept] = useState(true);
  const latest = useRef(draft);
  latest.current = draft;

  useEffect(() => onDraftChanged(login, schedule, () => setDraft((own) => readDraft(login, schedule) ?? own)), [login, schedule]);

  const put = useCallback(
    (next: Draft | null, keep = true) => {
      latest.current = next;
      setDraft(next);
      if (keep) setKept(keepDraft(login, schedule, next));
    },
    [login, schedule],
  );
  const step = useCallback(
    (by: (draft: Draft, now: number) => Draft) => {
      const next = latest.current && by(latest.current, serverNow());
      if (next && next !== latest.current) put(next);
    },
    [put],
  );
  const change = useCallback((next: DraftState) => step((draft, now) => changed(draft, next, now)), [step]);
  const undo = useCallback(() => step(undone), [step]);
  const redo = useCallback(() => step(redone), [step]);
  const replace = useCallback((next: Draft) => put(next), [put]);
  const drop = useCallback(() => put(null), [put]);
  // Nothing has been done to it yet: nothing to keep. But a schedule that is not there yet exists only as its draft.
  const begin = useCallback((next: Draft) => put(next, next.base.basis === null), [put]);
  return { handle: draft && { draft, kept, change, undo, redo, replace, drop }, begin };
}
