import { useNow } from '../lib/clock';
import { absolute, countdown, shortLength } from '../lib/time';
import { text } from '../text/en';
import { Tip } from './Tip';

/** How long ago, with the exact instant on hover. */
export function Age({ at, wrap = (age) => age }: { at: string; wrap?: (age: string) => string }) {
  const since = Date.parse(at);
  const now = useNow(Date.now() - since < 90_000 ? 1_000 : 15_000);
  return (
    <Tip label={() => absolute(at)}>
      <time dateTime={at} className="num">
        {wrap(shortLength(now + 1_000 - since))}
      </time>
    </Tip>
  );
}

/** What is left until an instant, second by second. Screen readers get the instant, not the ticking. */
export function Countdown({ at }: { at: string }) {
  const left = countdown(at, useNow(250));
  return (
    <Tip label={() => absolute(at)}>
      <time dateTime={at} className="num" role="timer" aria-live="off">
        {left ?? text.list.due}
      </time>
    </Tip>
  );
}
