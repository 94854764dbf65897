import { ActionIcon, Button } from '@mantine/core';
import { countOf } from '../../../lib/draft';
import { draftText as t } from '../../../text/drafts';
import { IconArrowBackUp, IconArrowForwardUp, IconPencil } from '../../../ui/icons';
import { Tip } from '../../../ui/Tip';
import styles from './DraftEditor.module.css';
import type { DraftHandle } from './useDraft';

interface Props {
  handle: DraftHandle;
  blocked: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onDiscard: () => void;
  onPublish: () => void;
  onLeave: () => void;
}

/** What stays in sight while a draft is edited: that it is one, how much it changes, and its ends. */
export function DraftBar({ handle: { draft, kept }, blocked, onUndo, onRedo, onDiscard, onPublish, onLeave }: Props) {
  const count = countOf(draft);
  return (
    <div className={styles.bar} role="region" aria-label={t.title}>
      <span className={styles.badge}>
        <IconPencil size={14} aria-hidden /> {t.title}
      </span>
      <span className={styles.state}>
        <b role="status">{t.count(count)}</b>
        <small data-bad={!kept || undefined}>{kept ? t.kept : t.notKept}</small>
      </span>
      <span className={styles.buttons}>
        <Tip label={t.undoKey}>
          <ActionIcon size={30} variant="default" aria-label={t.undo} disabled={draft.past.length === 0} onClick={onUndo}>
            <IconArrowBackUp size={17} />
          </ActionIcon>
        </Tip>
        <Tip label={t.redoKey}>
          <ActionIcon size={30} variant="default" aria-label={t.redo} disabled={draft.future.length === 0} onClick={onRedo}>
            <IconArrowForwardUp size={17} />
          </ActionIcon>
        </Tip>
        <Button size="xs" variant="subtle" color="red" onClick={onDiscard}>
          {t.discard}
        </Button>
        <Button size="xs" variant="default" onClick={onLeave}>
          {t.close}
        </Button>
        <Button size="xs" disabled={count === 0 || blocked} onClick={onPublish}>
          {t.publish}
        </Button>
      </span>
    </div>
  );
}
