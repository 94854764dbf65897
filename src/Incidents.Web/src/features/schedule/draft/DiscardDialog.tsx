import { Button, Group, Modal } from '@mantine/core';
import { draftText as t } from '../../../text/drafts';

export function DiscardDialog({ count, onDiscard, onClose }: { count: number; onDiscard: () => void; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={t.discardTitle} size={420}>
      <p>{t.discardHint(count)}</p>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t.keepEditing}
        </Button>
        <Button color="red.8" onClick={onDiscard}>
          {t.discard}
        </Button>
      </Group>
    </Modal>
  );
}
