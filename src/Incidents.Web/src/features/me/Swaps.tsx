import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { type SwapVerb, useSwaps, useSwapVerb } from '../../api/me';
import type { Shift, Swap } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { intervalText } from '../../lib/shifts';
import { dayTime } from '../../lib/time';
import { minute } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { toastDone, toastError } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './MePage.module.css';

const CounterDialog = lazy(() => import('./CounterDialog'));

/** Requests that I was asked for first, then mine; what is settled stays until its shift is over. */
export function Swaps({ login, shifts }: { login: string; shifts: Shift[] }) {
  const now = useNow(minute);
  const query = useSwaps(login);
  const [countering, setCountering] = useState<Swap | null>(null);
  if (query.isError && !query.data) return null;
  const rank = (swap: Swap): number => (swap.status !== 'open' ? 2 : swap.person === login ? 1 : 0);
  const mine = (swap: Swap): boolean => swap.person === login || swap.covers.some((cover) => cover.person === login);
  const shown = (query.data ?? [])
    .filter((swap) => Date.parse(swap.to) > now && (swap.status === 'open' ? swap.person === login || !swap.declined.includes(login) : mine(swap) && swap.status !== 'withdrawn'))
    .sort((a, b) => rank(a) - rank(b) || a.from.localeCompare(b.from));
  return (
    <section aria-label={t.swaps.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.swaps.title}</h2>
      </div>
      {!query.data ? (
        <Skeleton height={64} radius="lg" aria-busy />
      ) : shown.length === 0 ? (
        <p className={`card ${cards.empty}`}>{t.swaps.empty}</p>
      ) : (
        <ul className="card">
          {shown.map((swap) => (
            <SwapItem key={swap.id} swap={swap} login={login} now={now} onCounter={() => setCountering(swap)} />
          ))}
        </ul>
      )}
      <Suspense>{countering && <CounterDialog swap={countering} shifts={shifts} onClose={() => setCountering(null)} />}</Suspense>
    </section>
  );
}

const tones = { open: 'info', accepted: 'good', declined: 'warn', expired: 'warn', withdrawn: undefined } as const;

function SwapItem({ swap, login, now, onCounter }: { swap: Swap; login: string; now: number; onCounter: () => void }) {
  const nameOf = useNameOf();
  const verb = useSwapVerb();
  const names = (people: readonly string[]): string => people.map(nameOf).join(', ');
  const own = swap.person === login;
  const open = swap.status === 'open' && Date.parse(swap.expiresAt) > now;
  const pending = swap.counters.filter((counter) => counter.state === 'pending');
  const run = (what: SwapVerb, told: string): void => verb.mutate({ id: swap.id, verb: what }, { onError: toastError, onSuccess: () => toastDone(told) });
  const busy = (what: SwapVerb): boolean => verb.isPending && verb.variables.verb === what;

  return (
    <li className={cards.item}>
      <div className={cards.line}>
        <strong>{own ? t.swaps.yours : t.swaps.forYou(nameOf(swap.person))}</strong>
        <span className={cards.chip} data-tone={tones[swap.status]}>
          {t.swaps.status[swap.status] ?? swap.status}
        </span>
      </div>
      <p className={`${cards.text} num`}>
        {t.swaps.of(swap.schedule, t.position[swap.position] ?? swap.position)}: {intervalText(swap.from, swap.to, now)}
      </p>
      <p className={cards.detail}>
        {[
          swap.reason,
          swap.offerTo.anyone ? t.swaps.anyone : t.swaps.people(names(swap.offerTo.people ?? [])),
          open && t.swaps.expires(dayTime(swap.expiresAt, now)),
          swap.declined.length > 0 && t.swaps.declined(names(swap.declined)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {swap.covers.map((cover) => (
        <p key={cover.from} className={`${cards.text} num`}>
          {t.swaps.taken(nameOf(cover.person), intervalText(cover.from, cover.to, now))}
        </p>
      ))}
      {pending
        .filter((counter) => own || counter.person === login)
        .map((counter) => (
          <div key={counter.number} className={styles.counter}>
            <span className="num">
              {own ? t.swaps.offers(nameOf(counter.person), intervalText(counter.from, counter.to, now)) : t.swaps.yourOffer(intervalText(counter.from, counter.to, now))}
              {own && counter.exchange && ` ${t.swaps.exchange(counter.exchange.schedule, intervalText(counter.exchange.from, counter.exchange.to, now))}`}
              {counter.note && `. ${counter.note}`}
            </span>
            {own && open && (
              <>
                <Button size="compact-sm" loading={busy(`counters/${counter.number}/accept`)} onClick={() => run(`counters/${counter.number}/accept`, t.swaps.done.agree)}>
                  {t.swaps.agree}
                </Button>
                <Button size="compact-sm" variant="default" loading={busy(`counters/${counter.number}/decline`)} onClick={() => run(`counters/${counter.number}/decline`, t.swaps.done.refuse)}>
                  {t.swaps.refuse}
                </Button>
              </>
            )}
          </div>
        ))}
      {(own ? swap.status === 'open' || swap.status === 'accepted' : open) && (
        <div className={styles.buttons}>
          {own ? (
            <Button size="compact-sm" variant="default" loading={busy('withdraw')} onClick={() => run('withdraw', t.swaps.done.withdraw)}>
              {t.swaps.withdraw}
            </Button>
          ) : (
            <>
              <Button size="compact-sm" loading={busy('accept')} onClick={() => run('accept', t.swaps.done.accept)}>
                {t.swaps.accept}
              </Button>
              <Button size="compact-sm" variant="default" onClick={onCounter}>
                {t.swaps.counter}
              </Button>
              <Button size="compact-sm" variant="subtle" color="gray" loading={busy('decline')} onClick={() => run('decline', t.swaps.done.decline)}>
                {t.swaps.decline}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}
