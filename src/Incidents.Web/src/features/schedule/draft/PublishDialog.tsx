import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../../api/client';
import { publishDraft } from '../../../api/drafts';
import { deleteDocument, useRefreshOrganisation } from '../../../api/organisation';
import type { Difference } from '../../../api/scheduleTypes';
import { serverNow } from '../../../lib/clock';
import { countOf, type Draft, editOf, inverseOf } from '../../../lib/draft';
import { fromField, toField, zoneName } from '../../../lib/zone';
import { draftText as t } from '../../../text/drafts';
import { editText } from '../../../text/edit';
import { scheduleText } from '../../../text/schedules';
import { IconAlertTriangle } from '../../../ui/icons';
import { toastDone, toastError } from '../../../ui/toast';
import { Refused } from '../../../ui/Refused';
import styles from '../CoverDialog.module.css';
import { loadLive } from './loadLive';

interface Props {
  name: string;
  draft: Draft;
  zone: string;
  difference: Difference | undefined;
  onEffective: (effective: string | null) => void;
  /** Somebody else was quicker. */
  onStale: () => void;
  onPublished: () => void;
  onClose: () => void;
}

/** The draft comes into force, whole. A breach of an enforced limit needs a reason. */
export default function PublishDialog({ name, draft, zone, difference, onEffective, onStale, onPublished, onClose }: Props) {
  const [waiver, setWaiver] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const refresh = useRefreshOrganisation();
  const refusing = difference?.refusing ?? [];
  const limits = error instanceof ApiError && error.status === 422 && (error.problem.errors ?? []).some(({ path }) => path.startsWith('limits'));
  const waivable = refusing.length > 0 || limits;
  const edit = editOf(draft, serverNow());
  const withLayers = !!edit?.schedules && draft.base.basis !== null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!edit || busy || (waivable && !waiver.trim())) return;
    setBusy(true);
    setError(null);
    publishDraft(name, edit, draft.base.basis, waiver.trim())
      .then(
        () => {
          const id = `published-${name}-${serverNow()}`;
          const back = (): void => {
            notifications.hide(id);
            takeBack(name, draft).then(() => toastDone(editText.undone), toastError).finally(refresh);
          };
          toastDone(t.published(name), <Button size="compact-xs" variant="default" onClick={back}>{editText.undo}</Button>, id);
          onPublished();
        },
        (reason: unknown) => {
          if (reason instanceof ApiError && reason.status === 412) onStale();
          else setError(reason instanceof Error ? reason : new Error(String(reason)));
        },
      )
      .finally(() => {
        setBusy(false);
        refresh();
      });
  };

  return (
    <Modal opened onClose={onClose} title={t.publishTitle(name)} size={520} padding="lg">
      <form className={styles.fields} onSubmit={submit} noValidate>
        <p>{edit ? [t.count(countOf(draft)), difference && effects(difference)].filter(Boolean).join(' · ') : t.nothingToPublish}</p>
        {refusing.map((finding) => (
          <p key={finding.fingerprint} className={styles.refused}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>
              <b>{scheduleText.findingsCard.rule[finding.rule] ?? finding.rule}</b>
              {finding.message}
            </span>
          </p>
        ))}
        {waivable && (
          <TextInput data-autofocus label={scheduleText.cover.waiver} description={scheduleText.cover.waiverHint} required value={waiver} error={tried && !waiver.trim() && scheduleText.cover.required} onChange={(event) => setWaiver(event.currentTarget.value)} />
        )}
        {withLayers && (
          <TextInput
            type="datetime-local"
            label={t.effective}
            description={`${t.effectiveHint} ${zoneName(zone)}`}
            value={draft.effective ? toField(Date.parse(draft.effective), zone) : ''}
            onChange={(event) => {
              const at = fromField(event.currentTarget.value, zone);
              onEffective(at === null ? null : new Date(at).toISOString());
            }}
          />
        )}
        {error && <Refused title={t.refused}>{error.message}</Refused>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.keepEditing}
          </Button>
          <Button type="submit" data-autofocus={!waivable || undefined} loading={busy} disabled={!edit} color={waivable ? 'red.8' : undefined}>
            {waivable ? t.publishAnyway : t.publishNow}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What was live before, again; of a new schedule nothing. A reason that was given for a breach is not given anew: going back may need none. */
async function takeBack(name: string, draft: Draft): Promise<void> {
  if (draft.base.basis === null) return void (await deleteDocument('schedules', name));
  const after = await loadLive(name);
  const inverse = inverseOf(draft, after, serverNow());
  if (inverse) await publishDraft(name, inverse, after.basis, '');
}

/** The effects in one line. */
function effects({ newFindings, goneFindings, gaps }: Difference): string {
  const p = scheduleText.preview;
  const added = gaps.after.length - gaps.before.length;
  return [added > 0 && p.gapsNew(added), added < 0 && p.gapsClosed(-added), newFindings.length > 0 && p.findingsNew(newFindings.length), goneFindings.length > 0 && p.findingsFixed(goneFindings.length)].filter(Boolean).join(' · ');
}
