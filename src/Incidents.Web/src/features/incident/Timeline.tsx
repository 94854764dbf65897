import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { usePeople } from '../../api/queries';
import type { TimelineEntry } from '../../api/types';
import { absolute, clockTime, dayKey, dayName, sinceStart, viewerZone } from '../../lib/time';
import { incidentText } from '../../text/incident';
import { IconArrowUp } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Markdown } from '../../ui/Markdown';
import { describe } from './describe';
import styles from './Timeline.module.css';

interface Props {
  query: UseQueryResult<TimelineEntry[]>;
  /** When the incident opened: entries also tell how long after. */
  start: string;
  newestFirst: boolean;
  onOrder: () => void;
  form: ReactNode;
}

export function Timeline({ query, start, newestFirst, onOrder, form }: Props) {
  const entries = [...(query.data ?? [])].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (newestFirst) entries.reverse();
  return (
    <section aria-label={incidentText.timeline}>
      <div className={styles.head}>
        <h2>{incidentText.timeline}</h2>
        <span className={styles.zone}>{incidentText.zone(viewerZone())}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-pressed={newestFirst}
          leftSection={<IconArrowUp size={13} className={styles.arrow} data-down={!newestFirst || undefined} />}
          onClick={onOrder}
        >
          {newestFirst ? incidentText.newestFirst : incidentText.oldestFirst}
        </Button>
      </div>
      {form}
      {query.isPending ? (
        <div className={styles.loading} aria-busy>
          <Skeleton height={14} width="60%" />
          <Skeleton height={14} width="45%" />
        </div>
      ) : query.isError && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : entries.length === 0 ? (
        <p className={styles.none}>{incidentText.timelineEmpty}</p>
      ) : (
        <ol className={styles.list}>
          {entries.map((entry, index) => {
            const previous = entries[index - 1];
            const newDay = index === 0 ? dayKey(entry.at) !== dayKey(new Date().toISOString()) : !!previous && dayKey(previous.at) !== dayKey(entry.at);
            return (
              <Fragment key={`${entry.at} ${entry.kind} ${entry.person ?? ''} ${index}`}>
                {newDay && <li className={styles.day}>{dayName(entry.at)}</li>}
                <Entry entry={entry} start={start} />
              </Fragment>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function Entry({ entry, start }: { entry: TimelineEntry; start: string }) {
  const { icon: Icon, tone, title, extra, body } = describe(entry, usePeople().data);
  const since = sinceStart(entry.at, start);
  return (
    <li className={styles.entry}>
      <span className={styles.icon} data-tone={tone} aria-hidden>
        <Icon size={15} stroke={1.8} />
      </span>
      <div className={styles.what}>
        <span className={styles.title}>{title}</span>
        {extra && <span className={styles.extra}>{extra}</span>}
        {body && (entry.kind === 'note' ? <div className={styles.note}><Markdown source={body} /></div> : <p className={styles.body}>{body}</p>)}
      </div>
      <time dateTime={entry.at} title={absolute(entry.at)} className={`${styles.at} num`}>
        {clockTime(entry.at)}
        {since && <span className={styles.since}>{since}</span>}
      </time>
    </li>
  );
}
