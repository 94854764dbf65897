import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../../api/client';
import { useIncident, useTimeline } from '../../api/queries';
import { useKeys } from '../../app/useKeys';
import { text } from '../../text/en';
import { incidentText } from '../../text/incident';
import { EmptyState } from '../../ui/EmptyState';
import { IconArrowLeft, IconInbox } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { SeverityBadge } from '../../ui/SeverityBadge';
import { StatusMark } from '../../ui/StatusMark';
import { useAct } from '../useAct';
import { Actions } from './Actions';
import { Earlier } from './Earlier';
import { Alerts } from './Alerts';
import { Facts } from './Facts';
import styles from './IncidentPage.module.css';
import { NextPanel } from './NextPanel';
import { NoteForm } from './NoteForm';
import { Timeline } from './Timeline';

export default function IncidentPage() {
  const { number = '' } = useParams();
  const navigate = useNavigate();
  const incident = useIncident(number);
  const timeline = useTimeline(number);
  const actions = useAct({ tell: false });
  const [newestFirst, setNewestFirst] = useState(true);
  const data = incident.data;

  useKeys({
    u: () => void navigate('/'),
    a: () => {
      if (data && data.mayAct !== false && data.status !== 'resolved' && data.status !== 'acknowledged') actions.act({ incident: data, action: 'acknowledge' });
    },
  });

  if (incident.isPending) return <Loading />;
  if (!data)
    return incident.error instanceof ApiError && incident.error.status === 404 ? (
      <EmptyState
        icon={<IconInbox />}
        title={incidentText.missing(`#${number}`)}
        hint={incidentText.missingHint}
        action={
          <Button component={Link} to="/" variant="default" size="xs" leftSection={<IconArrowLeft size={15} />}>
            {text.notFound.back}
          </Button>
        }
      />
    ) : (
      <LoadError error={incident.error ?? new Error()} retry={() => void incident.refetch()} />
    );

  // One address for one incident, so that live changes find it.
  if (String(data.number) !== number) return <Navigate replace to={`/incidents/${data.number}`} />;

  return (
    <article className={styles.page}>
      <div className={styles.head}>
        <div className={styles.marks}>
          <SeverityBadge severity={data.severity} />
          <StatusMark status={data.status} />
          <span className={styles.place}>
            {data.service}
            {data.pool && ` · ${text.list.poolName(data.pool)}`}
          </span>
          {data.mergedInto != null && (
            <Link className="link" to={`/incidents/${data.mergedInto}`}>
              {text.list.merged(data.mergedInto)}
            </Link>
          )}
        </div>
        <h1 className={styles.title}>{data.title}</h1>
        <Actions incident={data} {...actions} />
      </div>
      <div className={styles.next}>
        <NextPanel incident={data} timeline={timeline.data ?? []} />
      </div>
      <aside className={styles.aside} aria-label={incidentText.facts}>
        <Facts incident={data} />
        <Earlier incident={data} />
      </aside>
      <div className={styles.body}>
        <Alerts incident={data} />
        <Timeline
          query={timeline}
          start={data.openedAt}
          newestFirst={newestFirst}
          onOrder={() => setNewestFirst(!newestFirst)}
          form={actions.allowed && data.mayAct !== false ? <NoteForm incident={data} /> : null}
        />
      </div>
    </article>
  );
}

function Loading() {
  return (
    <div className={styles.page} aria-busy>
      <div className={styles.head}>
        <Skeleton height={16} width={180} />
        <Skeleton height={26} width="60%" mt={14} />
      </div>
      <div className={styles.next}>
        <Skeleton height={120} radius="lg" />
      </div>
      <div className={styles.body}>
        <Skeleton height={240} radius="lg" />
      </div>
    </div>
  );
}
