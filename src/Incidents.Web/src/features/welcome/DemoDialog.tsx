import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useDemoAction, useDemoPlans } from '../../api/demo';
import { rememberGuide } from '../../lib/guide';
import { editText } from '../../text/edit';
import { welcomeText as t } from '../../text/welcome';
import { Refused } from '../../ui/Refused';
import { LoadError } from '../../ui/LoadError';
import { toastDone, toastError } from '../../ui/toast';
import styles from './DemoDialog.module.css';

/** The names of each kind, in the order in which they come. */
function byKind<T extends { kind: string }>(items: readonly T[]): [string, T[]][] {
  const kinds = new Map<string, T[]>();
  for (const item of items) kinds.set(item.kind, [...(kinds.get(item.kind) ?? []), item]);
  return [...kinds];
}

/** An identity that is no name says little: "bruno/2026-…/…" is shown as how many. */
const shown = (name: string): string => (name.includes('/') ? (name.split('/')[0] ?? name) : name);

/** The plan first; what is confirmed is that plan and no other. */
export default function DemoDialog({ what, onClose, onDone }: { what: 'load' | 'remove'; onClose: () => void; onDone?: () => void }) {
  const query = useDemoPlans(true);
  const run = useDemoAction();
  const [busy, setBusy] = useState(false);
  const d = t.demo;
  const plan = query.data?.data[what];
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await run(what, query.data?.etag ?? null);
      toastDone(what === 'load' ? d.loaded : d.removed);
      if (what === 'load') rememberGuide(null);
      onClose();
      onDone?.();
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={what === 'load' ? d.loadTitle : d.removeTitle} size="lg">
      <p>{what === 'load' ? d.loadHint : d.removeHint}</p>
      {query.isPending ? (
        <Skeleton height={160} mt="md" radius="lg" aria-busy />
      ) : !plan ? (
        <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />
      ) : plan.refusal ? (
        <Refused title={d.refused}>
          <ul>
            {plan.refusal.map(({ path, message }) => (
              <li key={path + message}>
                {path && <code className="mono">{path}</code>} {message}
              </li>
            ))}
          </ul>
        </Refused>
      ) : plan.changes.length === 0 ? (
        <p className={styles.nothing}>{d.nothing}</p>
      ) : (
        <section className={styles.plan} aria-labelledby="demo-plan">
          <h3 id="demo-plan">{what === 'load' ? d.adds(plan.changes.length) : d.removes(plan.changes.length)}</h3>
          <dl>
            {byKind(plan.changes).map(([kind, items]) => (
              <div key={kind}>
                <dt>{d.kinds[kind] ?? kind}</dt>
                <dd>{kind === 'firstLine' ? items.length : items.map((item) => shown(item.name)).join(', ')}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {plan && plan.kept.length > 0 && (
        <details className={styles.kept}>
          <summary>{d.keeps(plan.kept.length)}</summary>
          <ul>
            {plan.kept.map((item) => (
              <li key={item.kind + item.name}>
                <b>{shown(item.name)}</b> {d.kinds[item.kind] ?? item.kind} · {d.reason[item.reason] ?? item.reason} {item.where && d.by(item.where)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {editText.cancel}
        </Button>
        <Button color={what === 'remove' ? 'red.8' : undefined} loading={busy} disabled={!plan?.changes.length || !!plan.refusal} onClick={() => void confirm()}>
          {what === 'load' ? d.doLoad : d.doRemove}
        </Button>
      </Group>
    </Modal>
  );
}
