import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { deleteDocument, type Document, type Edited, type Plural, putDocument, useDocument, usePlan, useRefreshOrganisation } from '../../api/organisation';
import { rebased } from '../../lib/diff';
import { editText as t } from '../../text/edit';
import { toastDone, toastError } from '../../ui/toast';

export interface Conflict {
  by: string;
  at: string | null;
  /** As it was when the editing began, and as somebody else has left it. */
  base: Document;
  theirs: Document;
  etag: string | null;
}

interface Base {
  body: Document;
  etag: string | null;
}

interface Options {
  plural: Plural;
  /** Empty: it is new, and the draft's name (a person's login) counts. */
  name: string;
  /** What something new begins with. */
  template?: Document;
  onSaved?: (edited: Edited, name: string) => void;
}

export type Editor = ReturnType<typeof useEditor>;

/** "services[checkout].team" → "team": which field of the form a fault belongs to; "" for the thing as a whole. */
export const fieldOf = (path: string): string => path.replace(/^[A-Za-z]+\[[^\]]*\]\.?/, '');

/**
 * A thing of the organisation while it is edited: the draft, what saving it would do (asked 0.3 s after the last change), saving with the version that was
 * read, and, when somebody else was quicker, what they made of it.
 */
export function useEditor({ plural, name, template, onSaved }: Options) {
  const creating = name === '';
  const query = useDocument(plural, name, !creating);
  const refresh = useRefreshOrganisation();
  const [base, setBase] = useState<Base | null>(creating ? { body: template ?? {}, etag: null } : null);
  // What is edited is what was there when the editing began; a refetch must not take it from under the hands.
  const began = base ?? (query.data && !query.isFetching ? { body: query.data.data, etag: query.data.etag } : null);
  if (!base && began) setBase(began);
  const [draft, setDraft] = useState<Document | null>(null);
  const body = draft ?? began?.body ?? null;
  const key = creating ? String(body?.[plural === 'people' ? 'login' : 'name'] ?? '').trim() : name;
  const changed = !!body && !!began && JSON.stringify(body) !== JSON.stringify(began.body);
  const [settled] = useDebouncedValue(changed && key ? body : null, 300);
  const plan = usePlan(plural, key, settled);
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Error | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const set = (part: Document): void => {
    setDraft({ ...body, ...part });
    setRefusal(null);
  };

  const undo = (former: Document, etag: string | null): void => {
    const back = creating ? deleteDocument(plural, key, etag) : putDocument(plural, key, former, etag ?? undefined);
    back.then(() => toastDone(t.undone), toastError).finally(refresh);
  };

  const save = async (waiver = ''): Promise<boolean> => {
    if (!body || !began || !key || saving) return false;
    setSaving(true);
    try {
      const { data, etag } = await putDocument(plural, key, body, began.etag, waiver);
      const id = `saved-${plural}-${key}-${data.version}`;
      const back = (): void => {
        notifications.hide(id);
        undo(began.body, etag);
      };
      toastDone(t.saved(key), <Button size="compact-xs" variant="default" onClick={back}>{t.undo}</Button>, id);
      onSaved?.(data, key);
      return true;
    } catch (error) {
      const problem = error instanceof ApiError && error.status === 412 ? error.problem : null;
      if (problem?.current) setConflict({ by: problem.changedBy ?? '', at: problem.changedAt ?? null, base: began.body, theirs: problem.current, etag: problem.etag ?? null });
      else setRefusal(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      setSaving(false);
      refresh();
    }
  };

  /** Ends a conflict: with my changes on top of theirs, or with what they made of it. */
  const resolve = (keep: 'mine' | 'theirs'): void => {
    if (!conflict || !body) return;
    setDraft(keep === 'mine' ? rebased(conflict.base, body, conflict.theirs) : null);
    setBase({ body: conflict.theirs, etag: conflict.etag });
    setConflict(null);
    setRefusal(null);
  };

  // What the server finds wrong with the draft: before saving by the plan, after it by the refusal.
  const wrong = refusal ?? (settled && plan.error) ?? null;
  const faults = wrong instanceof ApiError ? (wrong.problem.errors ?? []) : [];
  const faultOf = (field: string): string | undefined => faults.find(({ path }) => fieldOf(path) === field)?.message;
  const faultsUnder = (field: string): string | undefined => faults.filter(({ path }) => fieldOf(path).startsWith(field)).map(({ message }) => message).join(' ') || undefined;

  return { plural, key, creating, body, base: began?.body ?? null, loading: !creating && !body && !query.isError, loadError: body ? null : query.error, changed, plan, planned: !!settled, set, save, saving, refusal, wrong, faults, faultOf, faultsUnder, conflict, resolve };
}
