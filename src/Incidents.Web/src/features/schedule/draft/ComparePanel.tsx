import { Loader, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { useDraftDifference } from '../../../api/drafts';
import { ApiError } from '../../../api/client';
import type { Difference, DutyChange, Finding } from '../../../api/scheduleTypes';
import { useNow } from '../../../lib/clock';
import { intervalText } from '../../../lib/shifts';
import { dayName, instantsLocal } from '../../../lib/time';
import { minute } from '../../../lib/zone';
import { draftText } from '../../../text/drafts';
import { scheduleText } from '../../../text/schedules';
import { IconAlertTriangle, IconArrowRight, IconCircleCheck, IconUserOff } from '../../../ui/icons';
import { PersonMark } from '../../../ui/PersonMark';
import { useNameOf } from '../../../ui/usePeopleNames';
import styles from './ComparePanel.module.css';
import { CostTab, FairnessTab } from './CompareNumbers';

const t = draftText.compare;
const tabs = ['changes', 'limits', 'fairness', 'cost'] as const;
type Tab = (typeof tabs)[number];

interface Props {
  query: ReturnType<typeof useDraftDifference>;
  /** Nothing has been changed yet. */
  empty: boolean;
  days: number;
  manager: boolean;
  onShow: (at: string) => void;
}

/** What the draft does, beside what is live; every number is the server's. */
export function ComparePanel({ query, empty, days, manager, onShow }: Props) {
  const [tab, setTab] = useState<Tab>('changes');
  const data = empty ? undefined : query.data;
  const faults = query.error instanceof ApiError ? (query.error.problem.errors ?? []) : [];
  const count = (one: Tab): number => (!data ? 0 : one === 'changes' ? data.changes.length : one === 'limits' ? data.newFindings.filter((f) => !f.waived).length : 0);
  return (
    <section className={styles.panel} aria-label={t.title}>
      <div className={styles.head}>
        <h2>{t.title}</h2>
        {query.isFetching && !empty ? <Loader size={13} /> : <span className={styles.dim}>{t.window(days)}</span>}
      </div>
      {empty ? (
        <p className={styles.dim}>{t.nothing}</p>
      ) : query.isError ? (
        <ul className={styles.faults} role="alert">
          <li>
            <b>{draftText.invalid}</b>
          </li>
          {(faults.length ? faults : [{ path: '', message: query.error.message }]).map(({ path, message }) => (
            <li key={path + message}>
              <IconAlertTriangle size={14} aria-hidden /> <span>{[path.replace(/^schedules\[[^\]]*\]\.?/, ''), message].filter(Boolean).join(': ')}</span>
            </li>
          ))}
        </ul>
      ) : !data ? (
        <p className={styles.dim} aria-busy>
          {t.checking}
        </p>
      ) : (
        <>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t.part}
            value={tab}
            data={tabs.map((value) => ({ value, label: count(value) ? `${t.tabs[value]} ${count(value)}` : t.tabs[value] }))}
            onChange={(value) => setTab(value as Tab)}
          />
          <div className={styles.body} aria-live="polite">
            {tab === 'changes' && <Changes difference={data} onShow={onShow} />}
            {tab === 'limits' && <Limits difference={data} />}
            {tab === 'fairness' && <FairnessTab fairness={data.fairness} />}
            {tab === 'cost' && <CostTab cost={data.cost} manager={manager} />}
          </div>
        </>
      )}
    </section>
  );
}

const some = 8;

function Changes({ difference: { changes, gaps }, onShow }: { difference: Difference; onShow: (at: string) => void }) {
  const now = useNow(minute);
  const [all, setAll] = useState(false);
  const key = (gap: { position: string; from: string; to: string }): string => `${gap.position} ${gap.from} ${gap.to}`;
  const before = new Set(gaps.before.map(key));
  const after = new Set(gaps.after.map(key));
  const opened = gaps.after.filter((gap) => !before.has(key(gap)));
  const closed = gaps.before.filter((gap) => !after.has(key(gap)));
  return (
    <>
      {changes.length === 0 && <p className={styles.dim}>{t.same}</p>}
      <ul className={styles.list}>
        {opened.slice(0, 4).map((gap) => (
          <li key={`open ${key(gap)}`} data-tone="bad">
            <button type="button" className={styles.when} onClick={() => onShow(gap.from)} aria-label={t.go(dayName(gap.from))}>
              <IconUserOff size={14} aria-hidden /> {t.gapNew} · <span className="num">{intervalText(gap.from, gap.to, now)}</span>
            </button>
          </li>
        ))}
        {closed.slice(0, 4).map((gap) => (
          <li key={`closed ${key(gap)}`} data-tone="good">
            <span className={styles.when}>
              <IconCircleCheck size={14} aria-hidden /> {t.gapGone} · <span className="num">{intervalText(gap.from, gap.to, now)}</span>
            </span>
          </li>
        ))}
        {changes.slice(0, all ? undefined : some).map((change) => (
          <li key={`${change.position} ${change.from}`}>
            <button type="button" className={styles.when} onClick={() => onShow(change.from)} title={t.go(dayName(change.from))}>
              <span className="num">{intervalText(change.from, change.to, now)}</span>
              {change.position !== 'primary' && ` · ${scheduleText.position[change.position]}`}
            </button>
            <Swap change={change} />
          </li>
        ))}
      </ul>
      {!all && changes.length > some && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t.more(changes.length - some)}
        </button>
      )}
    </>
  );
}

function Swap({ change }: { change: DutyChange }) {
  return (
    <span className={styles.swap}>
      <People people={change.before} /> <IconArrowRight size={13} aria-label={t.to} /> <People people={change.after} />
    </span>
  );
}

function People({ people }: { people: readonly string[] }) {
  if (people.length === 0) return <span className={styles.nobody}>{t.nobody}</span>;
  return people.map((person) => <PersonMark key={person} login={person} size={17} />);
}

function Limits({ difference }: { difference: Difference }) {
  const { newFindings, goneFindings, refusing, keptFindings = [] } = difference;
  const refused = new Set(refusing.map((finding) => finding.fingerprint));
  const fresh = newFindings.filter((finding) => !refused.has(finding.fingerprint));
  if (newFindings.length + goneFindings.length + refusing.length + keptFindings.length === 0)
    return (
      <p className={styles.sound}>
        <IconCircleCheck size={15} aria-hidden /> {t.none}
      </p>
    );
  return (
    <>
      {refusing.length + fresh.length === 0 && (
        <p className={styles.sound}>
          <IconCircleCheck size={15} aria-hidden /> {t.noNew}
        </p>
      )}
      <Findings title={t.refusing} tone="bad" findings={refusing} />
      <Findings title={t.new} tone="warn" findings={fresh} />
      <Findings title={t.gone} tone="good" findings={goneFindings} />
      <Findings title={t.keptFindings} tone="dim" findings={keptFindings} folded />
    </>
  );
}

/** What comes again and again for the same person is one line. */
function Findings({ title, tone, findings, folded = false }: { title: string; tone: string; findings: readonly Finding[]; folded?: boolean }) {
  const now = useNow(minute);
  const nameOf = useNameOf();
  if (findings.length === 0) return null;
  const groups = grouped(findings);
  const list = (
    <ul className={styles.findings}>
      {groups.map((group) => {
        const first = group[0]!;
        return (
          <li key={first.fingerprint}>
            <b>
              {[scheduleText.findingsCard.rule[first.rule] ?? first.rule, first.person && nameOf(first.person)].filter(Boolean).join(' · ')}
              {group.length > 1 && <span className={styles.dim}> {scheduleText.findingsCard.times(group.length)}</span>}
            </b>
            <span>{instantsLocal(first.message, now)}</span>
          </li>
        );
      })}
    </ul>
  );
  if (folded)
    return (
      <details className={styles.group} data-tone={tone}>
        <summary>
          {title} <span className="num">{findings.length}</span>
        </summary>
        {list}
      </details>
    );
  return (
    <div className={styles.group} data-tone={tone}>
      <h3>
        {title} <span className="num">{findings.length}</span>
      </h3>
      {list}
    </div>
  );
}

function grouped(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.person ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}
