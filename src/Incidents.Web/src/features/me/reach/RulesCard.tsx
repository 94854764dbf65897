import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type OwnContact, type OwnRules, type PreviewOf, useMyContacts, useMyRules, usePagePreview } from '../../../api/reach';
import { serverNow } from '../../../lib/clock';
import { quietSentence, ruleSentence, wayOf } from '../../../lib/reach';
import { clockTime, dayTime } from '../../../lib/time';
import { reachText as t } from '../../../text/reach';
import { IconBeach, IconMoon, IconPencil } from '../../../ui/icons';
import { useNameOf } from '../../../ui/usePeopleNames';
import { Mark } from '../../../ui/Mark';
import page from '../../page.module.css';
import cards from '../../schedule/cards.module.css';
import { RulesDialog } from './RulesDialog';
import styles from './reach.module.css';
import { TestButton } from './TestDialog';

/** My rules as sentences, my quiet hours, and what they come to if a page came now. */
export function RulesCard() {
  const rules = useMyRules();
  const contacts = useMyContacts().data?.data.contacts;
  const [editing, setEditing] = useState(false);
  if (rules.isError && !rules.data) return null;
  return (
    <section aria-label={t.rules.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.rules.title}</h2>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPencil size={14} />} disabled={!rules.data || !contacts} onClick={() => setEditing(true)}>
          {t.rules.change}
        </Button>
      </div>
      <div className={`card ${styles.box}`}>{rules.data && contacts ? <Told rules={rules.data.data} contacts={contacts} /> : <Skeleton height={120} aria-busy />}</div>
      {editing && rules.data && contacts && <RulesDialog rules={rules.data.data} contacts={contacts} etag={rules.data.etag} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Told({ rules, contacts }: { rules: OwnRules; contacts: OwnContact[] }) {
  return (
    <>
      <div>
        <h3>{t.rules.high}</h3>
        <p>{ruleSentence(rules.high, contacts)}</p>
        {contacts.length > 0 && <TestButton what={{ urgency: 'high' }} text={t.test.rule} label={`${t.test.rule}: ${t.rules.high}`} />}
      </div>
      <div>
        <h3>{t.rules.low}</h3>
        <p>{rules.low ? ruleSentence(rules.low, contacts) : t.rules.same}</p>
        {rules.low && contacts.length > 0 && <TestButton what={{ urgency: 'low' }} text={t.test.rule} label={`${t.test.rule}: ${t.rules.low}`} />}
      </div>
      <div>
        <h3>{t.quiet.title}</h3>
        <p>{rules.quietHours ? quietSentence(rules.quietHours) : t.quiet.none}</p>
        {rules.quietHours && <p className={styles.dim}>{t.quiet.zone(rules.quietHours.zone ?? rules.zone ?? 'UTC')}</p>}
      </div>
      <Now contacts={contacts} />
    </>
  );
}

function Now({ contacts }: { contacts: OwnContact[] }) {
  const preview = usePagePreview().data;
  const nameOf = useNameOf();
  if (!preview) return null;
  const { away } = preview;
  return (
    <div className={styles.split}>
      <h3>{t.preview.title}</h3>
      {away && (
        <p className={styles.warn}>
          <IconBeach size={16} aria-hidden />
          {away.handOver ? t.preview.away(dayTime(away.until, serverNow()), nameOf(away.handOver)) : t.preview.awayNobody(dayTime(away.until, serverNow()))}
        </p>
      )}
      <Steps title={t.rules.high} of={preview.high} contacts={contacts} />
      <Steps title={t.rules.low} of={preview.low} contacts={contacts} />
    </div>
  );
}

function Steps({ title, of, contacts }: { title: string; of: PreviewOf; contacts: OwnContact[] }) {
  return (
    <div style={{ marginTop: 8 }}>
      <p className={styles.dim}>{title}</p>
      {of.quietUntil && (
        <p className={styles.way}>
          <IconMoon size={15} aria-hidden /> {t.preview.quiet(dayTime(of.quietUntil, serverNow()))}
        </p>
      )}
      {of.steps.every(({ usable }) => !usable) && <p className={styles.fault}>{t.preview.nothing}</p>}
      <ol className={styles.preview}>
        {of.steps.map((step, index) => (
          <li key={index}>
            <span className="num">{clockTime(step.at)}</span>
            <span>{wayOf(contacts.find(({ name }) => name === step.contact) ?? step, step.contact)}</span>
            {!step.usable && (
              <Mark tone="amber">
                {t.preview.unusable}
              </Mark>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
