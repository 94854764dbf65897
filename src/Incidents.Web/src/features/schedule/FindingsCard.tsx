import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useFindings } from '../../api/schedules';
import type { Finding } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { instantsLocal } from '../../lib/time';
import { minute } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconAlertTriangle, IconCircleCheck } from '../../ui/icons';
import page from '../page.module.css';
import styles from './cards.module.css';

const shown = 5;

/** Breaches of staffing limits ahead, the enforced first, each with what would repair it. What comes again and again is one line. */
export function FindingsCard({ schedule }: { schedule: string }) {
  const query = useFindings(schedule);
  const [all, setAll] = useState(false);
  if (query.isError && !query.data) return null;
  const groups = grouped(query.data ?? []);
  return (
    <section aria-label={t.findingsCard.title}>
      <div className={styles.head}>
        <h2 className={page.heading}>{t.findingsCard.title}</h2>
        <span className={styles.hint}>{t.findingsCard.hint}</span>
      </div>
      {!query.data ? (
        <Skeleton height={96} radius="lg" aria-busy />
      ) : groups.length === 0 ? (
        <p className={`card ${styles.empty} ${styles.good}`}>
          <IconCircleCheck size={17} aria-hidden /> {t.findingsCard.none}
        </p>
      ) : (
        <div className="card">
          <ul>
            {groups.slice(0, all ? undefined : shown).map((group) => (
              <FindingItem key={group[0]?.fingerprint} group={group} />
            ))}
          </ul>
          {!all && groups.length > shown && (
            <div className={styles.more}>
              <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
                {t.findingsCard.more(groups.length - shown)}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

const weight = (finding: Finding): number => (finding.waived ? 2 : finding.severity === 'enforce' ? 0 : 1);

function grouped(findings: Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.person ?? ''} ${weight(finding)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].sort((a, b) => weight(a[0]!) - weight(b[0]!) || a[0]!.from.localeCompare(b[0]!.from));
}

function FindingItem({ group }: { group: Finding[] }) {
  const now = useNow(minute);
  const finding = group[0];
  if (!finding) return null;
  const tone = finding.waived ? 'good' : finding.severity === 'enforce' ? 'bad' : 'warn';
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span className={styles.chip} data-tone={tone}>
          {tone === 'good' ? <IconCircleCheck size={13} aria-hidden /> : <IconAlertTriangle size={13} aria-hidden />}
          {t.findingsCard.rule[finding.rule] ?? finding.rule}
        </span>
        <span className={styles.dim}>{[t.findingsCard.severity[finding.severity], group.length > 1 && t.findingsCard.times(group.length)].filter(Boolean).join(' · ')}</span>
      </div>
      <p className={styles.text}>{instantsLocal(finding.message, now)}</p>
      {finding.waived ? (
        <p className={styles.detail}>{t.findingsCard.waived(finding.waived.by, finding.waived.reason)}</p>
      ) : (
        finding.fix && (
          <p className={styles.fix}>
            <b>{t.findingsCard.fix}</b>
            <span>{instantsLocal(finding.fix, now)}</span>
          </p>
        )
      )}
    </li>
  );
}
