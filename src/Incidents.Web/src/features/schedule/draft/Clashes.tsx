import { Button } from '@mantine/core';
import type { Clash } from '../../../lib/draft';
import { draftText as t } from '../../../text/drafts';
import styles from './DraftEditor.module.css';

/** What both had changed when the draft was put on top of the live schedule; its own counts. */
export function Clashes({ clashes, onClose }: { clashes: Clash[]; onClose: () => void }) {
  const of = ({ layer, fields }: Clash): string => (layer === null ? t.conflict.overridesGone : `${layer}${fields.length ? `: ${fields.join(', ')}` : ` (${t.conflict.removedLayer})`}`);
  return (
    <div className={styles.clashes} role="status">
      <span>{clashes.length === 0 ? t.conflict.rebased : `${t.conflict.clash(clashes.length)} ${clashes.map(of).join('; ')}`}</span>
      <Button size="compact-xs" variant="default" onClick={onClose}>
        {t.layer.done}
      </Button>
    </div>
  );
}
