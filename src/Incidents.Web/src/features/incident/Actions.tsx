import { Button, Group, Menu, Modal, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useKeys } from '../../app/useKeys';
import type { ActionRequest, IncidentAction } from '../../api/queries';
import type { Incident } from '../../api/types';
import { serverNow } from '../../lib/clock';
import { useWaiting } from '../../lib/offline';
import { dayTime, nextMorning } from '../../lib/time';
import { text } from '../../text/en';
import { incidentText } from '../../text/incident';
import { IconCheck, IconChecks, IconClock, IconMoon, IconStairsUp } from '../../ui/icons';
import styles from './Actions.module.css';

interface Props {
  incident: Incident;
  act: (request: ActionRequest, then?: () => void) => void;
  allowed: boolean;
  busy: IncidentAction | null;
}

const minute = 60_000;
/** So soon that it is now, and late enough that it is not past when it arrives. */
const moment = 1_500;
const lengths = [15, 30, 60, 240];

type Asking = 'resolve' | 'escalate' | null;

export function Actions({ incident, act, allowed, busy }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const [note, setNote] = useState('');
  const queued = useWaiting().get(incident.id);
  const { pathname, state } = useLocation() as { pathname: string; state: { ask?: Asking } | null };
  const navigate = useNavigate();
  const open = allowed && incident.mayAct !== false && incident.status !== 'resolved';
  useKeys({ e: () => open && setAsking('escalate') });
  useEffect(() => {
    if (!state?.ask || !open) return;
    setAsking(state.ask);
    // Asked once: coming back to the page does not ask again.
    void navigate(pathname, { replace: true, state: null });
  }, [state, open, navigate, pathname]);
  if (incident.status === 'resolved') return null;
  if (!allowed) return <p className={styles.observer}>{text.errors.observer}</p>;
  if (incident.mayAct === false) return <p className={styles.observer}>{text.errors.otherTeam(incident.team ?? '–')}</p>;

  const firing = incident.alerts?.filter((alert) => alert.status === 'firing').length ?? 0;
  const free = incident.status !== 'acknowledged';
  const ask = (what: Asking): void => {
    setNote('');
    setAsking(what);
  };
  const snooze = (until: Date): void => act({ incident, action: 'snooze', until: until.toISOString() });
  const morning = nextMorning(serverNow());

  return (
    <>
      <div className={styles.bar} role="toolbar" aria-label={text.actions.label} data-free={free || undefined}>
        {free && queued && (
          <Button className={styles.main} variant="light" leftSection={<IconClock size={18} />} onClick={() => void import('../../app/worker').then(({ withdraw }) => withdraw(queued, incident.number))} title={text.offline.withdraw}>
            {text.offline.queued}
          </Button>
        )}
        {free && !queued && (
          <Button className={styles.main} leftSection={<IconCheck size={18} />} loading={busy === 'acknowledge'} onClick={() => act({ incident, action: 'acknowledge' })}>
            {text.actions.acknowledge}
          </Button>
        )}
        <Button
          className={styles.button}
          variant={free ? 'default' : 'filled'}
          leftSection={<IconChecks size={18} />}
          loading={busy === 'resolve'}
          onClick={() => (firing > 0 ? ask('resolve') : act({ incident, action: 'resolve' }))}
        >
          {text.actions.resolve}
        </Button>
        <Button className={styles.button} variant="default" leftSection={<IconStairsUp size={18} />} loading={busy === 'escalate'} onClick={() => ask('escalate')}>
          {text.actions.escalate}
        </Button>
        <Menu position="top-end" width={200}>
          <Menu.Target>
            <Button className={styles.button} variant="default" leftSection={<IconMoon size={18} />} loading={busy === 'snooze'}>
              {text.actions.snooze}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {incident.status === 'snoozed' && <Menu.Item onClick={() => snooze(new Date(serverNow() + moment))}>{incidentText.wake}</Menu.Item>}
            <Menu.Label>{text.actions.snoozeFor}</Menu.Label>
            {lengths.map((minutes) => (
              <Menu.Item key={minutes} onClick={() => snooze(new Date(serverNow() + minutes * minute))}>
                {minutes < 60 ? text.actions.minutes(minutes) : text.actions.hours(minutes / 60)}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => snooze(morning)}>{text.actions.morning(dayTime(morning.toISOString(), serverNow()))}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'escalate' ? text.actions.confirmEscalate : text.actions.confirmResolve}
      >
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (asking) act({ incident, action: asking, note: note.trim() }, () => setAsking(null));
          }}
        >
          <p>{asking === 'escalate' ? text.actions.confirmEscalateHint : text.actions.confirmResolveHint(firing)}</p>
          <Textarea data-autofocus label={text.actions.reason} rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(null)}>
              {text.actions.cancel}
            </Button>
            <Button type="submit" loading={busy === asking}>
              {asking === 'escalate' ? text.actions.escalate : text.actions.resolve}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
