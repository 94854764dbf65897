import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { Link } from 'react-router';
import { get } from '../../api/client';
import { api } from '../../api/keys';
import { condition, consequence, type Rule } from '../../lib/rules';
import { intakeText } from '../../text/intake';
import { EmptyState } from '../../ui/EmptyState';
import { IconBellOff, IconBellRinging, IconClock, IconFilter, IconHeartbeat, IconUsers } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import org from '../org.module.css';
import page from '../page.module.css';
import styles from './RulesPage.module.css';

const t = intakeText.rules;

const signs: Record<string, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = { escalate: IconBellRinging, drop: IconBellOff, hold: IconClock, 'first-line': IconUsers, heartbeat: IconHeartbeat };

export default function RulesPage() {
  const query = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => get<{ items: Rule[]; firstLine: string | null }>(`${api}/rules`, signal) });
  return (
    <div className={org.page}>
      <div className={page.intro}>
        <p>
          {t.intro} {t.changed}
        </p>
      </div>
      {query.isPending ? (
        <Skeleton height={260} radius="lg" aria-busy />
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <EmptyState icon={<IconFilter />} title={t.empty} hint={t.emptyHint} />
      ) : (
        <ol className={`card ${styles.rules}`}>
          {query.data.items.map((rule, index) => (
            <Item key={rule.name} rule={rule} place={index + 1} firstLine={query.data.firstLine} />
          ))}
          <li className={styles.rule}>
            <span aria-hidden />
            <p className={styles.words}>
              {t.otherwise} {t.escalates}
            </p>
            <span className={styles.sign} data-do="escalate">
              <IconBellRinging size={17} aria-hidden />
            </span>
          </li>
        </ol>
      )}
    </div>
  );
}

function Item({ rule, place, firstLine }: { rule: Rule; place: number; firstLine: string | null }) {
  const Sign = signs[rule.do] ?? IconFilter;
  const when = condition(rule);
  return (
    <li className={styles.rule}>
      <span className={`${styles.place} num`}>{place}</span>
      <div className={styles.words}>
        <h2 className={styles.name}>{rule.name}</h2>
        <p>
          {when ? (
            <>
              {t.if(when)}{' '}
            </>
          ) : (
            `${t.any} `
          )}
          <span className={styles.does}>{consequence(rule, firstLine)}</span>
        </p>
        {rule.do === 'first-line' && firstLine && (
          <Link className="link" to={`/schedules/${encodeURIComponent(firstLine)}`}>
            {firstLine}
          </Link>
        )}
      </div>
      <span className={styles.sign} data-do={rule.do}>
        <Sign size={17} aria-hidden />
      </span>
    </li>
  );
}
