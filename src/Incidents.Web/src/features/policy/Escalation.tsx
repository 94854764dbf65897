import { Link } from 'react-router';
import type { Policy } from '../../api/organisation';
import type { Service } from '../../api/types';
import { type Organisation, type Step, stepsOf } from '../../lib/policy';
import { targetWords } from '../../lib/sentences';
import { longLength } from '../../lib/time';
import { orgText as t } from '../../text/organisation';
import { IconBellRinging, IconPlayerSkipForward, IconRepeat } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { useNameOf } from '../../ui/usePeopleNames';
import styles from './Escalation.module.css';

interface Props {
  policy: Policy;
  /** Whose escalation it is; without one, what depends on the service is only named. */
  service: Service | undefined;
  organisation: Organisation;
}

/** The levels along a line of time, each with whom it means and who that is right now. */
export function Escalation({ policy, service, organisation }: Props) {
  const { levels, lastResort, lastResortAt } = stepsOf(policy, service, organisation);
  const longest = Math.max(1, ...levels.map(({ timeout, skipped }) => (skipped ? 0 : (timeout ?? 0))));
  return (
    <ol className={`card ${styles.steps}`}>
      {levels.map((step) => (
        <Row key={step.level} step={step} share={step.timeout === null || step.skipped ? 0 : step.timeout / longest} />
      ))}
      {policy.repeat > 0 && (
        <li className={styles.again}>
          <span className={styles.sign}>
            <IconRepeat size={15} aria-hidden />
          </span>
          <span>{t.policies.again(policy.repeat)}</span>
        </li>
      )}
      {lastResort && <Row step={{ ...lastResort, start: lastResortAt }} share={0} last />}
    </ol>
  );
}

function Row({ step, share, last }: { step: Step; share: number; last?: boolean }) {
  const nameOf = useNameOf();
  const time = step.start === null ? '' : step.start === 0 ? t.policies.atOnce : t.policies.at(longLength(step.start));
  return (
    <li className={styles.step} data-skipped={step.skipped || undefined} data-last={last || undefined}>
      <span className={styles.sign}>{last ? <IconBellRinging size={15} aria-hidden /> : step.skipped ? <IconPlayerSkipForward size={14} aria-hidden /> : step.level}</span>
      <div className={styles.body}>
        <p className={styles.head}>
          <b>{last ? t.policies.lastResort : t.policies.level(step.level)}</b>
          <span className="num">{time}</span>
        </p>
        {step.targets.map(({ target, people }, index) => (
          <div key={index} className={styles.target}>
            {target.kind !== 'person' && <span className={styles.whom}>{targetWords(target, nameOf)}</span>}
            <span className={styles.people}>
              {people === null ? (
                <span className={styles.dim}>{t.policies.depends}</span>
              ) : people.length === 0 ? (
                <span className={styles.dim}>{step.skipped && !last ? t.policies.nobodyNow : t.policies.nobody}</span>
              ) : (
                people.map((person) => (
                  <Link key={person} to={`/people/${encodeURIComponent(person)}`}>
                    <PersonMark login={person} size={22} />
                  </Link>
                ))
              )}
            </span>
          </div>
        ))}
        {!step.skipped && step.timeout !== null && (
          <p className={styles.wait}>
            {!last && <span className={styles.bar} style={{ '--share': share } as React.CSSProperties} aria-hidden />}
            <span className="num">{last ? t.policies.every(longLength(step.timeout)) : t.policies.waits(longLength(step.timeout))}</span>
          </p>
        )}
      </div>
    </li>
  );
}
