import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notifications } from '@mantine/notifications';
import { deleteDocument, type Plural, putDocument, useDocument, useRefreshOrganisation } from '../../api/organisation';
import { editText as t } from '../../text/edit';
import { IconTrash } from '../../ui/icons';
import { Refused } from '../../ui/Refused';
import { toastDone, toastError } from '../../ui/toast';

interface Props {
  plural: Plural;
  name: string;
  hint: string;
  /** Off where it could not come back as it was, such as an address with a secret. */
  undoable?: boolean;
  onDeleted?: () => void;
}

/** Deletes after one question; what still names it is told by the server, and nothing is deleted then. */
export function DeleteButton({ plural, name, hint, undoable = true, onDeleted }: Props) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const document = useDocument(plural, name, asking).data;
  const client = useQueryClient();
  const refresh = useRefreshOrganisation();
  const close = (): void => {
    setAsking(false);
    setError(null);
  };
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      await deleteDocument(plural, name, document?.etag);
      // What is gone is not asked for again.
      client.removeQueries({ queryKey: ['document', plural, name] });
      const id = `deleted-${plural}-${name}`;
      const back = (): void => {
        notifications.hide(id);
        if (document) putDocument(plural, name, document.data, null).then(() => toastDone(t.undone), toastError).finally(refresh);
      };
      toastDone(t.deleted(name), undoable && document ? <Button size="compact-xs" variant="default" onClick={back}>{t.undo}</Button> : '', id);
      close();
      onDeleted?.();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <>
      <Button size="xs" variant="subtle" color="red" leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
        {t.delete}
      </Button>
      <Modal opened={asking} onClose={close} title={t.deleteTitle(name)} size="sm">
        <p>{hint}</p>
        {error && <Refused title={t.refused}>{error.message}</Refused>}
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={close}>
            {t.cancel}
          </Button>
          <Button color="red.8" loading={busy} onClick={() => void run()}>
            {t.delete}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
