import { Button, Group, Loader, Modal, Skeleton, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../api/client';
import { fieldChanges } from '../../lib/diff';
import { dayTime } from '../../lib/time';
import { serverNow } from '../../lib/clock';
import { editText as t } from '../../text/edit';
import { DialogFoot } from '../../ui/DialogFoot';
import { IconAlertTriangle, IconCircleCheck } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { useNameOf } from '../../ui/usePeopleNames';
import { Refused } from '../../ui/Refused';
import { Diff } from './Diff';
import styles from './editing.module.css';
import type { Conflict, Editor } from './useEditor';

interface Props {
  title: string;
  editor: Editor;
  onClose: () => void;
  children: ReactNode;
  /** What is said beside the plan, such as a picture of the draft. */
  aside?: ReactNode;
  /** Fields whose faults the form shows itself; the others are listed in the plan. */
  fields?: readonly string[];
}

/** A form on the left, what saving would do on the right, and the end of a conflict in between. */
export function EditDialog({ title, editor, onClose, children, aside, fields = [] }: Props) {
  const [waiver, setWaiver] = useState('');
  const { refusal, wrong, faults, conflict, changed, plan, planned } = editor;
  // A breach of an enforced limit is the one refusal that a reason can lift.
  const waivable = faults.length > 0 && faults.every(({ path }) => path.startsWith('limits')) && wrong instanceof ApiError && wrong.status === 422;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void editor.save(waiver.trim()).then((done) => done && onClose());
  };
  const others = faults.filter(({ path }) => !fields.some((field) => path.replace(/^[A-Za-z]+\[[^\]]*\]\.?/, '').startsWith(field)));
  return (
    <Modal opened onClose={onClose} title={title} size={900} padding="lg">
      {editor.loadError ? (
        <LoadError error={editor.loadError} retry={onClose} />
      ) : editor.loading ? (
        <Skeleton height={220} aria-busy />
      ) : conflict ? (
        <ConflictBox conflict={conflict} mine={editor.body ?? {}} resolve={editor.resolve} />
      ) : (
        <form className={styles.form} onSubmit={submit} noValidate>
          <div className={styles.fields}>{children}</div>
          <aside className={styles.plan} aria-live="polite">
            <h3 className={styles.planTitle}>
              {t.plan} {plan.isFetching && <Loader size={12} />}
            </h3>
            {!changed ? (
              <p className={styles.hint}>{editor.creating ? t.fill : t.nothing}</p>
            ) : (
              <>
                <Diff changes={fieldChanges(editor.creating ? {} : editor.base, editor.body)} />
                {wrong ? (
                  <ul className={styles.faults}>
                    {(faults.length ? others : [{ path: '', message: wrong.message }]).map(({ path, message }) => (
                      <li key={path + message}>
                        <IconAlertTriangle size={15} aria-hidden /> {message}
                      </li>
                    ))}
                    {faults.length > others.length && (
                      <li>
                        <IconAlertTriangle size={15} aria-hidden /> {t.faults(faults.length - others.length)}
                      </li>
                    )}
                  </ul>
                ) : (
                  planned &&
                  plan.data &&
                  !plan.isFetching && (
                    <p className={styles.sound}>
                      <IconCircleCheck size={15} aria-hidden /> {t.sound}
                    </p>
                  )
                )}
              </>
            )}
            {aside}
          </aside>
          <div className={styles.foot}>
            {waivable && <TextInput label={t.waiver} description={t.waiverHint} value={waiver} onChange={(event) => setWaiver(event.currentTarget.value)} />}
            {refusal && <Refused title={refusal instanceof ApiError && refusal.status === 403 ? t.forbidden : t.refused}>{refusal.message}</Refused>}
            <DialogFoot onClose={onClose} busy={editor.saving} cancel={t.cancel} submit={editor.creating ? t.create : t.save} disabled={!changed || !editor.key || (faults.length > 0 && !waivable)} />
          </div>
        </form>
      )}
    </Modal>
  );
}

/** Somebody else saved first: what they changed, what I changed, and which of the two shall count. */
function ConflictBox({ conflict, mine, resolve }: { conflict: Conflict; mine: Record<string, unknown>; resolve: (keep: 'mine' | 'theirs') => void }) {
  const nameOf = useNameOf();
  return (
    <div className={styles.conflict} role="alert">
      <p>
        <IconAlertTriangle size={17} aria-hidden /> {t.conflict(nameOf(conflict.by), conflict.at ? dayTime(conflict.at, serverNow()) : '')}
      </p>
      <div className={styles.both}>
        <section>
          <h3>{t.theirs}</h3>
          <Diff changes={fieldChanges(conflict.base, conflict.theirs)} />
        </section>
        <section>
          <h3>{t.mine}</h3>
          <Diff changes={fieldChanges(conflict.base, mine)} />
        </section>
      </div>
      <p className={styles.hint}>{t.conflictHint}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => resolve('theirs')}>
          {t.takeTheirs}
        </Button>
        <Button data-autofocus onClick={() => resolve('mine')}>
          {t.keepMine}
        </Button>
      </Group>
    </div>
  );
}
