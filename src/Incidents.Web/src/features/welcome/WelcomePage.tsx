import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useMe } from '../../api/queries';
import { can } from '../../app/places';
import { rememberGuide } from '../../lib/guide';
import { nextStepOf, type Step, steps } from '../../lib/welcome';
import { text } from '../../text/en';
import { welcomeText as t } from '../../text/welcome';
import { EmptyState } from '../../ui/EmptyState';
import { IconArrowLeft, IconCheck, IconInbox } from '../../ui/icons';
import page from '../page.module.css';
import { RingStep } from './RingStep';
import { ScheduleStep } from './ScheduleStep';
import { ServiceStep } from './ServiceStep';
import { SourceStep } from './SourceStep';
import { useGuide } from './useGuide';
import styles from './WelcomePage.module.css';
import { You } from './You';

const DemoDialog = lazy(() => import('./DemoDialog'));

/** From an empty organisation to the first ring. The address says which step is shown; what is done, the organisation says. */
export default function WelcomePage() {
  const me = useMe().data;
  const guide = useGuide();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [demo, setDemo] = useState(false);
  const began = useRef<Step>(undefined);
  if (me && !can(me, 'admin')) return <EmptyState icon={<IconInbox />} title={text.errors.observer} />;
  if (!me || !guide)
    return (
      <div className={page.page} aria-busy>
        <Skeleton height={340} radius="lg" />
      </div>
    );
  const { standing } = guide;
  const asked = params.get('step') as Step | null;
  // Where it began stays until one goes on: a step that has just been done still has something to show.
  began.current ??= nextStepOf(standing);
  const step = asked && steps.includes(asked) ? asked : began.current;
  const at = steps.indexOf(step);
  const go = (to: Step | undefined): void => setParams(to ? { step: to } : {});
  const next = steps[at + 1];
  // Going on is what the step itself leads to while it waits for something: for an alert, or for signing in.
  const settled = standing.done[step] && step !== 'source' && !(step === 'you' && me.login !== standing.login);
  const later = (): void => {
    // Known from now on, so that it is offered and not forced.
    rememberGuide(guide.made);
    void navigate('/');
  };
  const untouched = !standing.login && !standing.service;
  return (
    <div className={page.page}>
      <div className={styles.guide}>
        <nav className={styles.rail} aria-label={t.list}>
          <h2 className={styles.name}>{t.title}</h2>
          <p className={styles.intro} data-begun={!untouched || undefined}>{t.intro}</p>
          <ol>
            {steps.map((one, place) => (
              <li key={one}>
                <button type="button" className={styles.step} aria-current={one === step ? 'step' : undefined} data-done={standing.done[one] || undefined} onClick={() => go(one)}>
                  <span className={styles.mark} aria-hidden>
                    {standing.done[one] ? <IconCheck size={14} stroke={2.6} /> : place + 1}
                  </span>
                  {t.steps[one]}
                  {standing.done[one] && <span className={styles.hidden}>, {t.done}</span>}
                </button>
              </li>
            ))}
          </ol>
          {untouched && (
            <p className={styles.look}>
              {t.demo.look}{' '}
              <button type="button" className="link" onClick={() => setDemo(true)}>
                {t.demo.load}
              </button>
            </p>
          )}
        </nav>
        <section className={`card ${styles.card}`} aria-labelledby="step-title">
          <p className={styles.progress}>{t.progress(at + 1, steps.length)}</p>
          <h2 id="step-title" className={styles.title}>
            {t.steps[step]}
          </h2>
          {step === 'you' && <You guide={guide} />}
          {step === 'service' && <ServiceStep guide={guide} onDone={() => go('schedule')} />}
          {step === 'schedule' && <ScheduleStep guide={guide} onDone={() => go('source')} />}
          {step === 'source' && <SourceStep guide={guide} onArrived={() => go('ring')} />}
          {step === 'ring' && <RingStep guide={guide} />}
          <footer className={styles.foot}>
            {at > 0 && (
              <Button variant="subtle" color="gray" size="sm" leftSection={<IconArrowLeft size={15} />} onClick={() => go(steps[at - 1])}>
                {t.back}
              </Button>
            )}
            <span className={styles.space} />
            {next && (
              <Button variant={settled ? 'filled' : 'subtle'} color={settled ? undefined : 'gray'} size="sm" onClick={() => go(next)}>
                {standing.done[step] ? t.next : t.skip}
              </Button>
            )}
            {!standing.done.ring && (
              <Button variant="subtle" color="gray" size="sm" onClick={later}>
                {t.later}
              </Button>
            )}
          </footer>
        </section>
      </div>
      <Suspense>{demo && <DemoDialog what="load" onClose={() => setDemo(false)} onDone={() => void navigate('/')} />}</Suspense>
    </div>
  );
}
