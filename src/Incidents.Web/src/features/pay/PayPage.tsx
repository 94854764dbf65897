import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { can } from '../../app/places';
import { csvOf, type Period, usePeriod, usePeriods, usePeriodStep } from '../../api/pay';
import { useMe } from '../../api/queries';
import { useNow } from '../../lib/clock';
import { writtenMoney } from '../../lib/money';
import { dayName, viewerZone } from '../../lib/time';
import { addDays, dateOf, hour, writeDate } from '../../lib/zone';
import { officeText } from '../../text/office';
import { EmptyState } from '../../ui/EmptyState';
import { IconCheck, IconDownload, IconInfoCircle, IconReceipt, IconSend } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { toastDone, toastError } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import org from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './PayPage.module.css';
import { PersonRow } from './PersonRow';

const ApproveDialog = lazy(() => import('./ApproveDialog'));
const t = officeText.pay;

/** "November 2026", or the dates of a period of its own length. */
export function periodName(period: string, from: string, to: string): string {
  const whole = from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === period;
  return whole ? writeDate(from, { month: 'long', year: 'numeric' }) : `${writeDate(from, { day: 'numeric', month: 'short' })} – ${writeDate(addDays(to, -1), { day: 'numeric', month: 'short', year: 'numeric' })}`;
}

export default function PayPage() {
  const me = useMe().data;
  const allowed = can(me, 'manager');
  const periods = usePeriods(allowed);
  const [params, setParams] = useSearchParams();
  // Of itself the last one that is over: that is what there is to approve.
  const today = dateOf(useNow(hour), viewerZone());
  const over = periods.data?.find((one) => one.to <= today) ?? periods.data?.[0];
  const wanted = params.get('period') || (over?.period ?? '');
  const query = usePeriod(wanted, allowed);
  if (me && !allowed) return <EmptyState icon={<IconReceipt />} title={officeText.forbidden} hint={officeText.forbiddenHint} />;
  const error = periods.error ?? query.error;
  if (error && !query.data) return <LoadError error={error} retry={() => void Promise.all([periods.refetch(), query.refetch()])} />;
  if (periods.data?.length === 0) return <EmptyState icon={<IconReceipt />} title={t.empty} hint={t.emptyHint} />;
  return (
    <div className={org.page}>
      <div className={page.intro}>
        <NativeSelect
          size="xs"
          aria-label={t.period}
          value={wanted}
          data={(periods.data ?? []).map(({ period, from, to, status }) => ({ value: period, label: `${periodName(period, from, to)} · ${t.status[status] ?? status}` }))}
          onChange={(event) => setParams({ period: event.currentTarget.value })}
        />
      </div>
      {query.data ? (
        <Sheet period={query.data.data} etag={query.data.etag} today={today} />
      ) : (
        <div className={org.waiting} aria-busy>
          <Skeleton height={110} radius="lg" />
          <Skeleton height={280} radius="lg" />
        </div>
      )}
    </div>
  );
}

function Sheet({ period, etag, today }: { period: Period; etag: string | null; today: string }) {
  const nameOf = useNameOf();
  const [approving, setApproving] = useState(false);
  // A period is everybody's pay: who sees that of some teams approves none.
  const everywhere = can(useMe().data, 'manager', null);
  const step = usePeriodStep();
  const name = periodName(period.period, period.from, period.to);
  const over = period.to <= today;
  const send = (): void => step.mutate({ period: period.period, step: 'export' }, { onError: toastError, onSuccess: () => toastDone(t.wasSent(name)) });
  return (
    <>
      <section className={`card ${styles.sum}`} aria-label={name}>
        <div>
          <h2 className={styles.name}>
            {name}
            <span className={cards.chip} data-tone={period.status === 'draft' ? undefined : 'good'}>
              {t.status[period.status] ?? period.status}
            </span>
          </h2>
          <p className={styles.totals}>
            {period.totals.map((total) => (
              <strong key={total.currency} className="num">
                {writtenMoney(total)}
              </strong>
            ))}
            {period.adjusted.length > 0 && (
              <span className={cards.hint}>
                {period.adjusted.map(writtenMoney).join(', ')} {t.adjusted}
              </span>
            )}
          </p>
          <p className={styles.note}>
            {period.status === 'draft'
              ? over
                ? t.draftHint
                : t.notYet(writeDate(period.to, { day: 'numeric', month: 'long' }))
              : [period.approvedBy && t.approvedBy(nameOf(period.approvedBy), dayName(period.approvedAt ?? '')), period.exportedBy && t.exportedBy(nameOf(period.exportedBy), dayName(period.exportedAt ?? ''))].filter(Boolean).join('; ')}
          </p>
        </div>
        <div className={styles.buttons}>
          <Button component="a" href={csvOf(period.period)} download={`pay-${period.period}.csv`} size="xs" variant="default" leftSection={<IconDownload size={15} />}>
            {t.exportCsv}
          </Button>
          {everywhere && period.status === 'draft' && (
            <Button size="xs" leftSection={<IconCheck size={15} />} disabled={!over} onClick={() => setApproving(true)}>
              {t.approve}
            </Button>
          )}
          {everywhere && period.status === 'approved' && (
            <Button size="xs" variant="default" leftSection={<IconSend size={15} />} loading={step.isPending} onClick={send}>
              {t.sent}
            </Button>
          )}
        </div>
      </section>
      {period.open > 0 && (
        <p className={styles.open}>
          <IconInfoCircle size={16} aria-hidden /> {t.open(period.open)}
        </p>
      )}
      <section className={org.section} style={{ marginTop: 26 }} aria-label={t.people}>
        <h2 className={page.heading}>{t.people}</h2>
        {period.people.length === 0 ? (
          <p className={`card ${cards.empty}`}>{t.none}</p>
        ) : (
          <ul className="card">
            {period.people.map((person) => (
              <PersonRow key={person.login} period={period.period} person={person} />
            ))}
          </ul>
        )}
      </section>
      {period.unpaid.length > 0 && (
        <section className={org.section} aria-label={t.unpaid}>
          <h2 className={page.heading}>{t.unpaid}</h2>
          <ul className="card">
            {period.unpaid.map(({ login, name: who, hours, reasons }) => (
              <li key={login} className={cards.item}>
                <div className={cards.line}>
                  <span>{who}</span>
                  <span className={`${cards.end} num`}>{t.hours(hours)}</span>
                </div>
                <p className={cards.detail}>{reasons.map((reason) => t.reasons[reason] ?? reason).join(', ')}</p>
              </li>
            ))}
          </ul>
          <p className={cards.hint} style={{ marginTop: 6 }}>
            {t.unpaidHint}
          </p>
        </section>
      )}
      <Suspense>{approving && <ApproveDialog name={name} seen={period} etag={etag} onClose={() => setApproving(false)} />}</Suspense>
    </>
  );
}
