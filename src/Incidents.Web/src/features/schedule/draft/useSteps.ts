import { useCallback, useEffect } from 'react';
import { draftText as t } from '../../../text/drafts';
import type { DraftHandle } from './useDraft';

/** Undo and redo, by button and by key, told to who cannot see it. */
export function useSteps(handle: DraftHandle, say: (text: string) => void): { undo: () => void; redo: () => void } {
  const { undo: stepBack, redo: stepOn } = handle;
  const undo = useCallback(() => {
    stepBack();
    say(t.saidOf.undone);
  }, [stepBack, say]);
  const redo = useCallback(() => {
    stepOn();
    say(t.saidOf.redone);
  }, [stepOn, say]);
  useEffect(() => {
    const keys = (event: globalThis.KeyboardEvent): void => {
      const letter = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== 'z' && letter !== 'y')) return;
      // Where somebody writes, the field has an undo of its own.
      if ((event.target as HTMLElement | null)?.closest('input:not([type=checkbox]), textarea, [role=dialog]')) return;
      event.preventDefault();
      if (letter === 'y' || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [undo, redo]);
  return { undo, redo };
}
