import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../api/client';
import { useRefreshOrganisation } from '../../api/organisation';
import { welcomeText as t } from '../../text/welcome';
import { IconAlertTriangle, IconArrowRight } from '../../ui/icons';
import { fieldOf } from '../editing/useEditor';
import styles from './WelcomePage.module.css';

/** Faults of the server by the field of the form that they are about. */
export type Faults = Map<string, string>;

/** A step as a form: what is wrong stands at its field or below, and the server's answer decides whether it is done. */
export function StepForm({ lead, submit, run, children }: { lead: string; submit: string; run: () => Promise<void>; children: (faults: Faults) => ReactNode }) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const refresh = useRefreshOrganisation();
  const faults: Faults = new Map(error instanceof ApiError ? (error.problem.errors ?? []).map(({ path, message }) => [fieldOf(path), message]) : []);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await run();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)} noValidate>
      <p className={styles.lead}>{lead}</p>
      {children(faults)}
      {error !== null && (
        <p className={styles.refused} role="alert">
          <IconAlertTriangle size={17} aria-hidden /> {error instanceof Error ? error.message : String(error)}
        </p>
      )}
      <div className={styles.submit}>
        <Button type="submit" size="md" loading={busy} rightSection={<IconArrowRight size={17} />}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** A step that was taken, with the way to what it made. */
export function Done({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.form}>
      <p className={styles.is}>{children}</p>
      {action}
      <p className={styles.quiet}>{t.madeAlready}</p>
    </div>
  );
}
