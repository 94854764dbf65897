import { usePolicies } from '../../api/organisation';
import { usePeople } from '../../api/queries';
import type { Incident, TimelineEntry } from '../../api/types';
import { useNow } from '../../lib/clock';
import { stepsOf } from '../../lib/policy';
import { nextStep, type NextStep, pagedNow, type PageState } from '../../lib/next';
import { absolute, countdown, longLength } from '../../lib/time';
import { text } from '../../text/en';
import { incidentText } from '../../text/incident';
import { IconBellRinging, IconCircleCheck, IconClock } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { useOrganisation } from '../useOrganisation';
import styles from './NextPanel.module.css';
import { WhyPaged } from './WhyPaged';

interface Props {
  incident: Incident;
  timeline: readonly TimelineEntry[];
}

/** What is still worth telling of a page once paging has stopped. */
const settled = new Set<PageState>(['answered', 'delivered', 'failed']);

/** Who is being paged, and what the system does by itself and when. */
export function NextPanel({ incident, timeline }: Props) {
  const step = nextStep(incident, useNow(1_000));
  const paged = pagedNow(timeline, incident.paged);
  const urgent = incident.status === 'triggered' || incident.status === 'triage';
  // Waiting for business hours is no reason for red.
  const tone = urgent && step.kind !== 'pagingStarts' ? 'urgent' : incident.status;
  return (
    <section className={`card ${styles.panel}`} data-tone={tone} aria-label={incidentText.next.title}>
      <div className={styles.step}>
        <span className={styles.icon} aria-hidden>
          {incident.status === 'resolved' ? <IconCircleCheck size={20} /> : tone === 'urgent' ? <IconBellRinging size={20} /> : <IconClock size={20} />}
        </span>
        <Sentence incident={incident} step={step} />
      </div>
      {incident.status !== 'resolved' && (
        <div className={styles.paged}>
          <h2 className={`${styles.label} num`}>
            {urgent ? incidentText.paged : incidentText.pagedEarlier}
            {!!incident.level && ` · ${levelName(incident)}`}
          </h2>
          {paged.length === 0 ? (
            <span className={styles.quiet}>{incidentText.pagedNobody}</span>
          ) : (
            <ul className={styles.people}>
              {paged.map((page) => (
                <li key={page.person} className={styles.person}>
                  <PersonMark login={page.person} />
                  {page.pages
                    .filter(({ state }) => urgent || settled.has(state))
                    .map(({ channel, state }) => (
                      <span key={channel ?? ''} className={styles.state} data-state={state}>
                        {incidentText.pageState(state, channel)}
                      </span>
                    ))}
                  {urgent && page.pages.length === 0 && <span className={styles.state}>{incidentText.pageState('requested', null)}</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <WhyPaged incident={incident} timeline={timeline} />
    </section>
  );
}

/** Whom the next level pages, as things stand: levels where nobody is are passed over at once. */
function useNextPeople(incident: Incident, step: NextStep): string[] {
  const organisation = useOrganisation();
  const policy = usePolicies().data?.find((one) => one.name === incident.policy);
  if (!organisation || !policy || (step.kind !== 'nextLevel' && step.kind !== 'nextPass')) return [];
  const service = organisation.services.find((one) => one.name === incident.service);
  const { levels } = stepsOf(policy, service, organisation);
  const from = step.kind === 'nextLevel' ? step.level : 1;
  const next = levels.find((level) => level.level >= from && !level.skipped);
  return [...new Set(next?.targets.flatMap(({ people }) => people ?? []) ?? [])];
}

function levelName({ level, levels, pass }: Incident): string {
  if (!level) return '';
  if (level > levels) return text.list.lastResort;
  return pass && pass > 1 ? text.list.levelPass(level, pass) : text.list.level(level);
}

function phraseOf(step: Exclude<NextStep, { kind: 'nothing' }>): readonly [string, string] {
  const t = incidentText.next;
  if (step.kind === 'nextLevel') return t.nextLevel(step.level);
  if (step.kind === 'nextPass') return t.nextPass(step.pass);
  if (step.kind === 'lastResort') return t.lastResort(step.again);
  return t[step.kind];
}

function Sentence({ incident, step }: { incident: Incident; step: NextStep }) {
  const now = useNow(250);
  const names = usePeople().data;
  const nameOf = (login: string | null): string | null => login && (names?.get(login) ?? login);
  const who = nameOf(incident.acknowledgedBy);
  const next = useNextPeople(incident, step);
  if (step.kind !== 'nothing') {
    const [level, after] = phraseOf(step);
    const people = incidentText.and(next.map((login) => nameOf(login) ?? login));
    const before = next.length === 0 ? level : next.length === 1 ? incidentText.is(people) : incidentText.are(people);
    const left = countdown(step.at, now);
    return (
      <p className={styles.sentence}>
        {incident.status === 'acknowledged' && who && (
          <span className={styles.main}>{incidentText.next.acknowledged(who)}</span>
        )}
        <span className={incident.status === 'acknowledged' ? styles.quiet : styles.main}>
          {before}{' '}
          <time dateTime={step.at} title={absolute(step.at)} className={`${styles.time} num`} role="timer" aria-live="off">
            {incidentText.next.when(left)}
          </time>{' '}
          {after && <span className={styles.quiet}>{after}</span>}
          {next.length > 0 && <span className={styles.level}>{level}</span>}
        </span>
      </p>
    );
  }
  if (incident.status === 'resolved' && incident.resolvedAt) {
    const firing = incident.alerts?.some((alert) => alert.status === 'firing');
    return (
      <p className={styles.sentence}>
        <span className={styles.main}>
          {incidentText.next.resolved(nameOf(incident.resolvedBy), longLength(Date.parse(incident.resolvedAt) - Date.parse(incident.openedAt)))}
        </span>
        {firing && <span className={styles.quiet}>{incidentText.next.stillFiring}</span>}
      </p>
    );
  }
  if (who)
    return (
      <p className={styles.sentence}>
        <span className={styles.main}>{incidentText.next.acknowledged(who)}</span>
      </p>
    );
  return <p className={styles.sentence}>{incidentText.next.nothing}</p>;
}
