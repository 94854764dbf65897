import { Link } from 'react-router';
import { useDutiesAt } from '../../api/earlier';
import { useMe, useServices } from '../../api/queries';
import type { Incident, TimelineEntry } from '../../api/types';
import { clockTime } from '../../lib/time';
import { dutiesOf, pagedBy } from '../../lib/whyPaged';
import { dutyText } from '../../text/duty';
import { incidentText as t } from '../../text/incident';
import { IconInfoCircle } from '../../ui/icons';
import styles from './NextPanel.module.css';

/** Why the viewer's phone rang: which level, and what they were on call for when it began. */
export function WhyPaged({ incident, timeline }: { incident: Incident; timeline: readonly TimelineEntry[] }) {
  const login = useMe().data?.login ?? '';
  const service = useServices().data?.find((one) => one.name === incident.service);
  const why = pagedBy(timeline, login);
  const duties = useDutiesAt(why?.at).data;
  if (!why || !duties) return null;
  const duty = dutiesOf(duties, login, service?.schedule ?? null)[0];
  return (
    <p className={styles.why}>
      <IconInfoCircle size={16} aria-hidden />
      <span>
        <b>{t.why.title}</b> {t.why.level(why.level, clockTime(why.at).slice(0, 5))}{' '}
        {duty ? (
          <>
            {t.why.duty(dutyText.position[duty.position] ?? duty.position)}{' '}
            <Link className="link" to={`/schedules/${encodeURIComponent(duty.schedule)}`}>
              {duty.schedule}
            </Link>
            {duty.why.kind !== 'layer' && duty.why.name && ` (${dutyText.why[duty.why.kind] ?? duty.why.kind}: ${duty.why.name})`}
          </>
        ) : (
          t.why.other
        )}
        {incident.policy && (
          <>
            {' · '}
            <Link className="link" to={`/policies/${encodeURIComponent(incident.policy)}?service=${encodeURIComponent(incident.service)}`}>
              {t.why.policy(incident.policy)}
            </Link>
          </>
        )}
      </span>
    </p>
  );
}
