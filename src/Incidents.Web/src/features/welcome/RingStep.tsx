import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useFirstAlert } from '../../api/firstAlert';
import { useEverybody, useIncident, useIncidentAction, useIntegrations, useMe, useTimeline } from '../../api/queries';
import type { Incident } from '../../api/types';
import { rememberGuide } from '../../lib/guide';
import { pagedNow } from '../../lib/next';
import { absolute, longLength } from '../../lib/time';
import { welcomeText as t } from '../../text/welcome';
import { IconAlertTriangle, IconArrowRight, IconBellRinging, IconCircleCheck, IconClock } from '../../ui/icons';
import { toastError } from '../../ui/toast';
import { PhonePane } from './PhonePane';
import { useSample } from './SourceStep';
import type { Guide } from './useGuide';
import styles from './WelcomePage.module.css';

export function RingStep({ guide }: { guide: Guide }) {
  const { made, standing, remember } = guide;
  const integration = useIntegrations().data?.find((one) => one.name === standing.integration);
  const first = useFirstAlert(integration?.name ?? '', !!integration && made.incident === undefined).data;
  const incident = useIncident(String(made.incident ?? ''), made.incident !== undefined).data;
  const sample = useSample(integration);
  const me = useMe().data;
  const person = useEverybody().data?.find((one) => one.login === standing.login);
  const phone = person?.contacts?.find((contact) => contact.kind === 'voice')?.address;
  const number = first?.number;
  useEffect(() => {
    if (number !== undefined) remember({ incident: number });
  }, [number]);

  if (incident?.acknowledgedAt) return <Finished incident={incident} guide={guide} />;
  return (
    <div className={styles.ring}>
      <div className={styles.form}>
        <p className={styles.lead}>{t.ring.lead}</p>
        {incident ? (
          <Progress incident={incident} phone={phone} />
        ) : (
          <div className={styles.first} role="status">
            <p>
              <b>{t.ring.none}</b>
              {!integration && t.source.missing}
            </p>
            {integration && (
              <Button size="sm" leftSection={<IconBellRinging size={16} />} loading={sample.busy} onClick={sample.send}>
                {t.ring.ring}
              </Button>
            )}
          </div>
        )}
        {incident && (
          <Link className="link" to={`/incidents/${incident.number}`}>
            {t.ring.show}
          </Link>
        )}
        {!me?.simulator && <p className={styles.quiet}>{t.ring.real}</p>}
      </div>
      {me?.simulator && phone && <PhonePane number={phone} name={person?.name ?? ''} />}
    </div>
  );
}

function Progress({ incident, phone }: { incident: Incident; phone: string | undefined }) {
  const timeline = useTimeline(String(incident.number)).data ?? [];
  const pages = pagedNow(timeline, incident.paged).flatMap((one) => one.pages);
  const waits = incident.pagingStartsAt && Date.parse(incident.pagingStartsAt) > Date.now() ? incident.pagingStartsAt : null;
  const failed = pages.length > 0 && pages.every((page) => page.state === 'failed');
  const called = pages.some((page) => page.channel === 'voice' && page.state !== 'requested');
  const [Icon, line] = waits
    ? [IconClock, t.ring.waits(absolute(waits))]
    : failed
      ? [IconAlertTriangle, `${t.ring.failed}. ${t.ring.failedHint}`]
      : called
        ? [IconBellRinging, t.ring.calling(phone ?? '')]
        : [Loader, t.ring.paging];
  return (
    <div className={styles.first} data-tone={failed ? 'bad' : undefined} role="status">
      <Icon size={20} aria-hidden />
      <p>
        <b>{t.ring.opened(incident.number)}</b>
        {line}
      </p>
    </div>
  );
}

function Finished({ incident, guide }: { incident: Incident; guide: Guide }) {
  const navigate = useNavigate();
  const action = useIncidentAction();
  const person = useEverybody().data?.find((one) => one.login === incident.acknowledgedBy);
  const [took] = useState(() => (guide.made.startedAt ? Date.parse(incident.acknowledgedAt ?? '') - guide.made.startedAt : 0));
  const end = (): void => {
    rememberGuide(null);
    void navigate('/');
  };
  const resolve = (): void => {
    if (incident.status === 'resolved') end();
    else action.mutate({ incident, action: 'resolve' }, { onSuccess: end, onError: toastError });
  };
  const links = [
    { to: '/people', what: t.ring.next.people },
    { to: '/services', what: t.ring.next.services },
    { to: '/rules', what: t.ring.next.rules },
    { to: '/me', what: t.ring.next.me },
    { to: '/account', what: t.ring.next.account },
  ];
  return (
    <div className={styles.form}>
      <div className={styles.won} role="status">
        <IconCircleCheck size={44} stroke={1.5} aria-hidden />
        <h3>{t.ring.acknowledged(person?.name ?? incident.acknowledgedBy ?? '')}</h3>
        {took > 0 && took < 6 * 3_600_000 && <p className="num">{t.ring.took(longLength(took))}</p>}
      </div>
      <h3 className={styles.nextTitle}>{t.ring.nextTitle}</h3>
      <ul className={styles.links}>
        {links.map(({ to, what }) => (
          <li key={to}>
            <Link to={to} onClick={() => rememberGuide(null)}>
              {what} <IconArrowRight size={15} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.submit}>
        <Button size="md" loading={action.isPending} onClick={resolve}>
          {incident.status === 'resolved' ? t.ring.end : t.ring.resolve}
        </Button>
      </div>
    </div>
  );
}
