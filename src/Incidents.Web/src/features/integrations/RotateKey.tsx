import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { putDocument, useDocument, useRefreshOrganisation } from '../../api/organisation';
import { editText } from '../../text/edit';
import { intakeText as t } from '../../text/intake';
import { IconRefresh } from '../../ui/icons';
import { toastDone, toastError } from '../../ui/toast';

/** 192 random bits in the letters that a key may have. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

/** A new address in place of one that got about. */
export function RotateKey({ name }: { name: string }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const document = useDocument('integrations', name, asking).data;
  const refresh = useRefreshOrganisation();
  const run = async (): Promise<void> => {
    if (!document) return;
    setBusy(true);
    try {
      await putDocument('integrations', name, { ...document.data, key: newKey() }, document.etag ?? undefined);
      toastDone(t.rotated(name));
      setAsking(false);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <>
      <Button size="xs" variant="subtle" color="gray" leftSection={<IconRefresh size={15} />} onClick={() => setAsking(true)}>
        {t.rotate}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t.rotateTitle(name)} size="sm">
        <p>{t.rotateHint}</p>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {editText.cancel}
          </Button>
          <Button color="red.8" loading={busy} disabled={!document} onClick={() => void run()}>
            {t.rotateNow}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
