import { Link } from 'react-router';
import { can } from '../../app/places';
import { useMe } from '../../api/queries';
import { useUnverified, useWarnings } from '../../api/reach';
import { reachText as t } from '../../text/reach';
import { IconAlertTriangle, IconShieldQuestion } from '../../ui/icons';
import { useNameOf } from '../../ui/usePeopleNames';
import styles from './ReachWarnings.module.css';

const shown = 6;

/** For those who run the place: who cannot be paged, who lacks what a pool needs, whose contacts nobody has proven. */
export function ReachWarnings() {
  const manager = can(useMe().data, 'manager');
  const warnings = useWarnings().data ?? [];
  const unverified = useUnverified(manager).data ?? [];
  const nameOf = useNameOf();
  if (!manager || (warnings.length === 0 && unverified.length === 0)) return null;
  const people = [...new Set(unverified.map(({ person }) => person))];
  return (
    <details className={styles.box} open={warnings.length > 0}>
      <summary>
        <IconAlertTriangle size={16} aria-hidden /> {t.people.title}
        <span className={styles.counts}>{[warnings.length > 0 && String(warnings.length), unverified.length > 0 && t.people.unverified(unverified.length)].filter(Boolean).join(' · ')}</span>
      </summary>
      <ul>
        {warnings.map(({ path, message }) => (
          <li key={path + message}>
            <IconAlertTriangle size={15} aria-hidden />
            <span>
              {/^people\[/.test(path) && <Link to={`/people/${encodeURIComponent(loginOf(path))}`}>{nameOf(loginOf(path))}</Link>} {message}
            </span>
          </li>
        ))}
        {people.slice(0, shown).map((login) => (
          <li key={login}>
            <IconShieldQuestion size={15} aria-hidden />
            <span>
              <Link to={`/people/${encodeURIComponent(login)}`}>{nameOf(login)}</Link>: {unverified.filter(({ person }) => person === login).map(({ name }) => name).join(', ')} ({t.verify.no})
            </span>
          </li>
        ))}
        {people.length > shown && <li className={styles.more}>{t.people.more(people.length - shown)}</li>}
      </ul>
    </details>
  );
}

const loginOf = (path: string): string => /^people\[(.+?)\]/.exec(path)?.[1] ?? '';
