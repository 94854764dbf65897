import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { type ActionRequest, type IncidentAction, usePeople } from '../../api/queries';
import type { Incident } from '../../api/types';
import { useNow } from '../../lib/clock';
import { nextStep } from '../../lib/next';
import { useWaiting } from '../../lib/offline';
import { text } from '../../text/en';
import { IconBellRinging, IconCheck, IconChecks } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { SeverityBadge } from '../../ui/SeverityBadge';
import { StatusMark } from '../../ui/StatusMark';
import { Age, Countdown } from '../../ui/Time';
import styles from './Row.module.css';

interface Props {
  incident: Incident;
  act: (request: ActionRequest) => void;
  allowed: boolean;
  busy: IncidentAction | null;
  selected: boolean;
  onSelect: (ids: string[]) => void;
}

export function Row({ incident, act, allowed, busy, selected, onSelect }: Props) {
  const waiting = incident.status === 'triggered' || incident.status === 'triage';
  const queued = useWaiting().has(incident.id);
  // Nobody sees the buttons of a row that they are not at: of a hundred rows that is most of what a board would draw.
  const [near, setNear] = useState(false);
  return (
    <li className={styles.row} onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)} data-incident={incident.id} data-waiting={waiting || undefined} data-selected={selected || undefined}>
      {allowed && incident.status !== 'resolved' && <input type="checkbox" className={styles.pick} aria-label={text.list.select(incident.number)} checked={selected} onChange={() => onSelect([incident.id])} />}
      <span className={styles.severity}>
        <SeverityBadge severity={incident.severity} />
      </span>
      <span className={`${styles.number} num`}>#{incident.number}</span>
      <span className={styles.status}>
        <StatusMark status={incident.status} />
      </span>
      <span className={styles.what}>
        <Link to={`/incidents/${incident.number}`} className={styles.title} data-row>
          {incident.title}
        </Link>
        <span className={styles.where}>
          <span>{incident.service}</span>
          {incident.pool && <span>{text.list.poolName(incident.pool)}</span>}
          {incident.alertCount > 1 && <span>{text.list.alerts(incident.alertCount)}</span>}
        </span>
      </span>
      <span className={styles.who}>
        <Who incident={incident} />
      </span>
      <span className={styles.next}>
        {queued ? <b className={styles.queued}>{text.offline.queued}</b> : <Next incident={incident} />}
      </span>
      <span className={styles.age}>
        <Age at={incident.openedAt} />
      </span>
      {near && allowed && incident.status !== 'resolved' && (
        <span className={styles.actions}>
          {waiting && !queued && (
            <Button
              size="compact-xs"
              leftSection={<IconCheck size={14} />}
              aria-label={text.list.acknowledge(incident.number)}
              loading={busy === 'acknowledge'}
              onClick={() => act({ incident, action: 'acknowledge' })}
            >
              {text.actions.acknowledge}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconChecks size={14} />}
            aria-label={text.list.resolve(incident.number)}
            loading={busy === 'resolve'}
            onClick={() => act({ incident, action: 'resolve' })}
          >
            {text.actions.resolve}
          </Button>
        </span>
      )}
    </li>
  );
}

function Who({ incident }: { incident: Incident }) {
  const names = usePeople().data;
  const person = incident.status === 'resolved' ? (incident.resolvedBy ?? incident.acknowledgedBy) : incident.acknowledgedBy;
  if (incident.mergedInto != null) return <span className={styles.quiet}>{text.list.merged(incident.mergedInto)}</span>;
  if (person) return <PersonMark login={person} />;
  if (incident.status === 'resolved') return null;
  if (incident.status === 'triggered' && incident.paged?.length) {
    const paged = incident.paged.map((login) => names?.get(login) ?? login);
    return (
      <span className={styles.paging} title={text.list.paging(paged.join(', '))}>
        <IconBellRinging size={15} aria-hidden /> {text.list.paging(paged[0] ?? '')}
        {paged.length > 1 && ` +${paged.length - 1}`}
      </span>
    );
  }
  return <span className={styles.quiet}>{text.list.unassigned}</span>;
}

function Next({ incident }: { incident: Incident }) {
  const step = nextStep(incident, useNow(1_000));
  if (step.kind === 'nothing') return null;
  return (
    <span className={styles.step} data-kind={step.kind}>
      <span className={styles.stepName}>{text.list.nextIn[step.kind]}</span> <Countdown at={step.at} />
    </span>
  );
}
