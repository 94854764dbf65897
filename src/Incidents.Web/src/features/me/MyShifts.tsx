import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useSwaps } from '../../api/me';
import { useSchedules } from '../../api/schedules';
import type { PersonShifts, Shift } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { endOf, intervalText, startOf, wholeShifts } from '../../lib/shifts';
import { longLength, viewerZone } from '../../lib/time';
import { minute, offsetAt, zoneName } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { scheduleText } from '../../text/schedules';
import { IconArrowsExchange } from '../../ui/icons';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './MyShifts.module.css';

const OfferDialog = lazy(() => import('./OfferDialog'));
const shown = 8;

export function MyShifts({ login, shifts }: { login: string; shifts: PersonShifts }) {
  const now = useNow(minute);
  const zones = new Map(useSchedules().data?.map((schedule) => [schedule.name, schedule.zone]));
  const swaps = useSwaps(login);
  const asked = swaps.data?.filter((swap) => swap.person === login && swap.status === 'open') ?? [];
  const [all, setAll] = useState(false);
  const [offering, setOffering] = useState<Shift | null>(null);
  const items = wholeShifts(shifts.items, shifts.current).filter((shift) => endOf(shift) > now).sort((a, b) => startOf(a) - startOf(b));
  const isAsked = (shift: Shift): boolean =>
    asked.some((swap) => swap.schedule === shift.schedule && swap.position === shift.position && Date.parse(swap.from) < endOf(shift) && Date.parse(swap.to) > startOf(shift));

  return (
    <section aria-label={t.shifts.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.shifts.title}</h2>
        <span className={cards.hint}>{t.shifts.hint}</span>
      </div>
      {items.length === 0 ? (
        <p className={`card ${cards.empty}`}>{t.shifts.empty}</p>
      ) : (
        <div className="card">
          <ul>
            {items.slice(0, all ? undefined : shown).map((shift) => {
              const zone = zones.get(shift.schedule);
              const when = intervalText(shift.from, shift.until, now);
              const elsewhere = zone && shift.from && offsetAt(Date.parse(shift.from), zone) !== offsetAt(Date.parse(shift.from), viewerZone());
              return (
                <li key={`${shift.schedule} ${shift.position} ${shift.from}`} className={styles.shift}>
                  <div className={styles.when}>
                    <span className="num">{when}</span>
                    <span className={cards.dim}>
                      {elsewhere && `${intervalText(shift.from, shift.until, now, zone)} ${t.shifts.here(zoneName(zone))}`}
                    </span>
                  </div>
                  <div className={styles.what}>
                    <Link to={`/schedules/${encodeURIComponent(shift.schedule)}${shift.from ? `?date=${shift.from.slice(0, 10)}` : ''}`} className={styles.link}>
                      {shift.schedule}
                    </Link>
                    <span className={cards.dim}>
                      {[t.position[shift.position] ?? shift.position, shift.from && shift.until && longLength(Date.parse(shift.until) - Date.parse(shift.from))].filter(Boolean).join(', ')}
                      {shift.why.kind !== 'layer' && ` · ${(scheduleText.why[shift.why.kind] ?? scheduleText.why.layer)?.(shift.why.name)}`}
                    </span>
                  </div>
                  <span className={styles.act}>
                    {isAsked(shift) ? (
                      <span className={cards.chip} data-tone="swap">
                        {t.shifts.asked}
                      </span>
                    ) : (
                      !swaps.isError && (
                        <Button size="compact-sm" variant="default" leftSection={<IconArrowsExchange size={14} />} aria-label={t.shifts.offerLabel(shift.schedule, when)} onClick={() => setOffering(shift)}>
                          {t.shifts.offer}
                        </Button>
                      )
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
          {!all && items.length > shown && (
            <div className={cards.more}>
              <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
                {t.shifts.more(items.length - shown)}
              </Button>
            </div>
          )}
        </div>
      )}
      <Suspense>{offering && <OfferDialog shift={offering} login={login} onClose={() => setOffering(null)} />}</Suspense>
    </section>
  );
}
