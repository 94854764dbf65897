import { Button, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { can } from '../../app/places';
import { type AuditFilters, type AuditItem, useAudit } from '../../api/audit';
import { useMe, usePeople } from '../../api/queries';
import { useNow } from '../../lib/clock';
import { fieldChanges } from '../../lib/diff';
import { absolute, clockTime, dayKey, dayName, viewerZone } from '../../lib/time';
import { addDays, minute, startOfDay } from '../../lib/zone';
import { timelineText } from '../../text/incident';
import { officeText } from '../../text/office';
import { EmptyState } from '../../ui/EmptyState';
import { IconChevronDown, IconHistory, IconSearch } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import { Diff } from '../editing/Diff';
import org from '../org.module.css';
import page from '../page.module.css';
import styles from './AuditPage.module.css';

const t = officeText.audit;
const keys = ['kind', 'name', 'actor', 'from', 'to'] as const;

/** Where a thing has a page of its own. */
const folders: Record<string, string> = { service: 'services', policy: 'policies', person: 'people', team: 'teams', schedule: 'schedules' };

export default function AuditPage() {
  const me = useMe().data;
  const allowed = can(me, 'responder');
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(keys.map((key) => [key, params.get(key) ?? ''])) as unknown as AuditFilters;
  const instant = (date: string): string => (/^\d{4}-\d\d-\d\d$/.test(date) ? new Date(startOfDay(date, viewerZone())).toISOString() : '');
  const query = useAudit(filters, instant(filters.from), filters.to && instant(addDays(filters.to, 1)), allowed);
  const set = (key: keyof AuditFilters, value: string): void => {
    const next = new URLSearchParams(params);
    if (value) next.set(key, value);
    else next.delete(key);
    setParams(next, { replace: true });
  };
  const names = [...(usePeople().data ?? [])].map(([value, label]) => ({ value, label }));
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  const filtered = keys.some((key) => filters[key]);
  const days = [...new Set(items.map((item) => dayKey(item.at)))];
  if (me && !allowed) return <EmptyState icon={<IconHistory />} title={officeText.forbiddenAudit} hint={officeText.forbiddenAuditHint} />;
  return (
    <div className={org.page}>
      <div className={styles.filters} role="search" aria-label={t.filters}>
        <NativeSelect size="xs" label={t.kind} value={filters.kind} data={[{ value: '', label: t.anyKind }, ...Object.entries(t.kinds).map(([value, label]) => ({ value, label }))]} onChange={(event) => set('kind', event.currentTarget.value)} />
        <TextInput size="xs" label={t.name} value={filters.name} onChange={(event) => set('name', event.currentTarget.value)} />
        <NativeSelect size="xs" label={t.actor} value={filters.actor} data={[{ value: '', label: t.anybody }, ...names, { value: 'system', label: 'system' }]} onChange={(event) => set('actor', event.currentTarget.value)} />
        <TextInput size="xs" type="date" label={t.from} value={filters.from} max={filters.to || undefined} onChange={(event) => set('from', event.currentTarget.value)} />
        <TextInput size="xs" type="date" label={t.to} value={filters.to} min={filters.from || undefined} onChange={(event) => set('to', event.currentTarget.value)} />
        {filtered && (
          <Button size="xs" variant="default" onClick={() => setParams({}, { replace: true })}>
            {t.clear}
          </Button>
        )}
      </div>
      {query.isError && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <div className={org.waiting} aria-busy>
          <Skeleton height={180} radius="lg" />
        </div>
      ) : items.length === 0 ? (
        <EmptyState icon={filtered ? <IconSearch /> : <IconHistory />} title={filtered ? t.emptyFilter : t.empty} hint={filtered ? t.emptyFilterHint : undefined} />
      ) : (
        days.map((day) => (
          <section key={day} className={org.section} aria-label={dayName(`${day}T12:00:00Z`, 'UTC')}>
            <h2 className={page.heading}>{dayName(`${day}T12:00:00Z`, 'UTC')}</h2>
            <ul className="card">
              {together(items.filter((item) => dayKey(item.at) === day)).map((group) =>
                group.length > most ? <Many key={group[0]?.version} items={group} /> : group.map((item) => <Entry key={`${item.version} ${item.kind} ${item.id}`} item={item} />),
              )}
            </ul>
          </section>
        ))
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t.more}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Changes that were made in one go, such as a whole document. */
function together(items: AuditItem[]): AuditItem[][] {
  const groups: AuditItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0]?.version === item.version) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** More than these made at once stand as one line that can be opened. */
const most = 4;

function Many({ items }: { items: AuditItem[] }) {
  const [first] = items;
  if (!first) return null;
  return (
    <li>
      <details className={styles.many}>
        <summary className={styles.entry}>
          <time className="num" dateTime={first.at} title={absolute(first.at)}>
            {clockTime(first.at).slice(0, 5)}
          </time>
          <span className={styles.what}>
            <PersonMark login={first.actor} size={20} />
            <span>{t.together(items.length)}</span>
            <IconChevronDown size={15} aria-hidden />
            <span className={styles.via}>{t.through(t.via[first.via] ?? first.via)}</span>
          </span>
        </summary>
        <ul>
          {items.map((item) => (
            <Entry key={`${item.kind} ${item.id}`} item={item} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function Entry({ item }: { item: AuditItem }) {
  useNow(minute); // "today" moves on
  const folder = folders[item.kind];
  const changes = fieldChanges(item.before ?? {}, item.after ?? {});
  const many = item.action !== 'update';
  const kind = t.kinds[item.kind] ?? item.kind;
  return (
    <li className={styles.entry}>
      <time className="num" dateTime={item.at} title={absolute(item.at)}>
        {clockTime(item.at).slice(0, 5)}
      </time>
      <div className={styles.body}>
        <p className={styles.what}>
          <PersonMark login={item.actor} size={20} />
          <span className={styles.action} data-action={item.action}>
            {t.action[item.action] ?? item.action}
          </span>
          <span className={styles.kind}>{kind}</span>
          {folder && item.action !== 'delete' ? (
            <Link className="link" to={`/${folder}/${encodeURIComponent(item.name)}`}>
              {item.name}
            </Link>
          ) : (
            <b>{item.name}</b>
          )}
          <span className={styles.via}>{t.through(t.via[item.via] ?? timelineText.via[item.via] ?? item.via)}</span>
        </p>
        {item.waiver && <p className={styles.waiver}>{t.waiver(item.waiver.reason)}</p>}
        {many ? (
          <details className={styles.all}>
            <summary>
              <IconChevronDown size={14} aria-hidden /> {t.showAll}
            </summary>
            <Diff changes={changes} />
          </details>
        ) : (
          <Diff changes={changes} />
        )}
      </div>
    </li>
  );
}
