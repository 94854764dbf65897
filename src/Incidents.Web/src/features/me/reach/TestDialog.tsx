import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { startTest, stopTest, type TestRun, useTestRun } from '../../../api/reach';
import { clockTime } from '../../../lib/time';
import { reachText as t } from '../../../text/reach';
import { toastError } from '../../../ui/toast';
import { Mark, type Tone } from '../../../ui/Mark';
import { Way } from '../../person/Reach';
import styles from './reach.module.css';

/** A button that begins a test, and the dialog in which one sees how it goes. */
export function TestButton({ what, label, text }: { what: { contact: string } | { urgency: 'high' | 'low' }; label?: string; text: string }) {
  const [run, setRun] = useState<TestRun | null>(null);
  const [busy, setBusy] = useState(false);
  const start = (): void => {
    setBusy(true);
    startTest(what)
      .then(setRun, toastError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button size="compact-xs" variant="default" loading={busy} aria-label={label} onClick={start}>
        {text}
      </Button>
      {run && <TestDialog begun={run} onClose={() => setRun(null)} />}
    </>
  );
}

const tones: Record<string, Tone> = { delivered: 'green', answered: 'green', failed: 'red' };

function TestDialog({ begun, onClose }: { begun: TestRun; onClose: () => void }) {
  const query = useTestRun(begun);
  const { steps, over } = query.data;
  const stop = (): void => void stopTest(begun.id).then(() => query.refetch(), toastError);
  const waiting = steps.some(({ state }) => state === 'queued');
  return (
    <Modal opened onClose={onClose} title={t.test.title}>
      <div className={styles.stack}>
        <p className={styles.dim}>{t.test.hint}</p>
        <ol className={styles.rows} aria-live="polite">
          {steps.map((step, index) => (
            <li key={index} className={styles.line}>
              <Way contact={{ ...step, name: step.contact }} name={step.contact} />
              <span className={styles.end}>
                {step.state === 'queued' && step.dueAt && <span className={styles.dim}>{t.test.at(clockTime(step.dueAt))}</span>}
                <Mark tone={tones[step.state]}>
                  {step.state === 'sent' && step.kind === 'voice' ? t.test.ringing : (t.test.state[step.state] ?? step.state)}
                  {step.why && step.state === 'failed' ? `: ${step.why}` : ''}
                </Mark>
              </span>
            </li>
          ))}
        </ol>
        {over && <p role="status">{t.test.over}</p>}
        <Group justify="flex-end" gap="xs">
          {waiting && (
            <Button variant="default" onClick={stop}>
              {t.test.stop}
            </Button>
          )}
          <Button onClick={onClose}>{t.test.close}</Button>
        </Group>
      </div>
    </Modal>
  );
}
