import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { type Period, usePeriod, usePeriodStep } from '../../api/pay';
import { writtenMoney } from '../../lib/money';
import { editText } from '../../text/edit';
import { officeText } from '../../text/office';
import { Refused } from '../../ui/Refused';
import { toastDone } from '../../ui/toast';
import styles from './PayPage.module.css';

const t = officeText.pay;

/** Approves what was seen. When the draft has moved meanwhile, both are shown and nothing happens until that is approved too. */
export default function ApproveDialog({ name, seen, etag, onClose }: { name: string; seen: Period; etag: string | null; onClose: () => void }) {
  const step = usePeriodStep();
  // What was on the screen when the dialog opened; the page behind it goes on refreshing.
  const [first] = useState({ period: seen, etag });
  const now = usePeriod(seen.period, true).data;
  const moved = step.error instanceof ApiError && step.error.status === 412;
  const approve = (version: string | null): void =>
    step.mutate(
      { period: seen.period, step: 'approve', etag: version },
      {
        onSuccess: () => {
          onClose();
          toastDone(t.approved(name));
        },
      },
    );
  const totals = (period: Period | undefined) => period?.totals.map(writtenMoney).join(', ') || '–';
  return (
    <Modal opened onClose={onClose} title={t.approveTitle(name)} size="md">
      <p>{t.approveHint}</p>
      <p className={styles.totals} style={{ marginTop: 12 }}>
        {first.period.totals.map((total) => (
          <strong key={total.currency} className="num">
            {writtenMoney(total)}
          </strong>
        ))}
      </p>
      {step.error && (
        <Refused title={moved ? t.moved : editText.refused}>
          {moved ? (
            <p className="num">
              {t.movedFrom} {totals(first.period)}. {t.movedTo} {totals(now?.data)}.
            </p>
          ) : (
            step.error.message
          )}
        </Refused>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {editText.cancel}
        </Button>
        <Button data-autofocus loading={step.isPending} onClick={() => approve(moved ? (now?.etag ?? null) : first.etag)}>
          {moved ? t.approveMoved : t.approveNow}
        </Button>
      </Group>
    </Modal>
  );
}
