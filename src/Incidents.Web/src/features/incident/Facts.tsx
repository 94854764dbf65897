import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Incident } from '../../api/types';
import { isWebAddress } from '../../lib/links';
import { text } from '../../text/en';
import { incidentText } from '../../text/incident';
import { IconExternalLink } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { Age } from '../../ui/Time';
import styles from './Facts.module.css';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const filterLink = (key: string, value: string): ReactNode => (
  <Link className={styles.link} to={`/?status=all&${key}=${encodeURIComponent(value)}`}>
    {value}
  </Link>
);

export function Facts({ incident }: { incident: Incident }) {
  const t = incidentText;
  return (
    <dl className={styles.facts}>
      <Fact name={t.service}>{filterLink('service', incident.service)}</Fact>
      {incident.runbook && isWebAddress(incident.runbook) && (
        <Fact name={t.runbook}>
          <a className="link" href={incident.runbook} target="_blank" rel="noreferrer">
            {new URL(incident.runbook).host} <IconExternalLink size={12} aria-hidden />
          </a>
        </Fact>
      )}
      {incident.pool && <Fact name={t.pool}>{filterLink('pool', incident.pool)}</Fact>}
      {incident.team && <Fact name={t.team}>{incident.team}</Fact>}
      {incident.policy && <Fact name={t.policy}>{incident.policy}</Fact>}
      {incident.urgency && <Fact name={t.urgency}>{incident.urgency}</Fact>}
      <Fact name={t.opened}>
        <Age at={incident.openedAt} wrap={text.banner.ago} />
      </Fact>
      {incident.acknowledgedAt && (
        <Fact name={t.acknowledged}>
          <Age at={incident.acknowledgedAt} wrap={text.banner.ago} />
          {incident.acknowledgedBy && <PersonMark login={incident.acknowledgedBy} />}
        </Fact>
      )}
      {incident.resolvedAt && (
        <Fact name={t.resolved}>
          <Age at={incident.resolvedAt} wrap={text.banner.ago} />
          {incident.resolvedBy && <PersonMark login={incident.resolvedBy} />}
        </Fact>
      )}
    </dl>
  );
}
