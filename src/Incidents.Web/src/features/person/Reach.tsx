import type { ComponentType } from 'react';
import { canFor } from '../../app/places';
import { useDocument } from '../../api/organisation';
import { useEverybody, useMe } from '../../api/queries';
import { type QuietHours, useContactStates } from '../../api/reach';
import type { Contact } from '../../api/types';
import { lengthOf } from '../../lib/policy';
import { quietSentence, weekdays } from '../../lib/reach';
import { longLength } from '../../lib/time';
import { peopleText as t } from '../../text/organisation';
import { IconBrandSlack, IconMail, IconMessage, IconPhone, IconWebhook } from '../../ui/icons';
import { Proof } from '../../ui/Proof';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from '../org.module.css';

export interface Rule {
  contact: string;
  after?: string;
}

export interface Notify {
  high?: Rule[];
  low?: Rule[];
}

const signs: Record<string, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = { voice: IconPhone, sms: IconMessage, email: IconMail, slack: IconBrandSlack, webhook: IconWebhook };

export function Way({ contact, name }: { contact: Contact | undefined; name: string }) {
  const Sign = signs[contact?.kind ?? ''];
  return (
    <span className={styles.way}>
      {Sign && <Sign size={16} aria-hidden />}
      {contact ? (t.contacts.kind[contact.kind] ?? contact.kind) : name} <span className="num">{contact?.address}</span>
    </span>
  );
}

/** How somebody can be reached, and in which order that is tried. `name` null: it is about the reader. */
export function Reach({ login, name, contacts, action }: { login: string; name: string | null; contacts: Contact[] | null | undefined; action?: React.ReactNode }) {
  // The personal rules are only in the document's form, which is for responders, as contacts are.
  const document = useDocument('people', login, !!contacts).data?.data as { notify?: Notify; quietHours?: Partial<QuietHours> } | undefined;
  const teams = useEverybody().data?.find((person) => person.login === login)?.teams;
  const manager = canFor(useMe().data, 'manager', teams);
  const states = useContactStates(login, manager).data;
  const notify = document?.notify;
  return (
    <>
      <section aria-label={t.contacts.title}>
        <div className={cards.head}>
          <h2 className={page.heading}>{t.contacts.title}</h2>
          {action}
        </div>
        {!contacts ? (
          <p className={`card ${cards.empty}`}>{t.contacts.hidden}</p>
        ) : contacts.length === 0 ? (
          <p className={`card ${cards.empty}`}>{t.contacts.none}</p>
        ) : (
          <ul className="card">
            {contacts.map((contact) => (
              <li key={contact.name} className={cards.item}>
                <div className={cards.line}>
                  <Way contact={contact} name={contact.name} />
                  <span className={cards.dim}>{contact.name}</span>
                  <span className={cards.end}>{states && <Proof verified={!!states.find((state) => state.name === contact.name)?.verifiedAt} />}</span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      {contacts && document && (
        <section aria-label={name ? t.rules.titleOf(name) : t.rules.title}>
          <div className={cards.head}>
            <h2 className={page.heading}>{name ? t.rules.titleOf(name) : t.rules.title}</h2>
          </div>
          <div className="card">
            <Sequence title={t.rules.high} rules={notify?.high} contacts={contacts} none={t.rules.none} />
            <div className={styles.split}>
              <Sequence title={t.rules.low} rules={notify?.low} contacts={contacts} none={t.rules.asHigh} />
            </div>
          </div>
          <p className={cards.hint} style={{ marginTop: 6 }}>
            {t.rules.ends} {document.quietHours?.from && document.quietHours.to && quietSentence({ days: weekdays, from: document.quietHours.from, to: document.quietHours.to, ...document.quietHours })}
          </p>
        </section>
      )}
    </>
  );
}

function Sequence({ title, rules, contacts, none }: { title: string; rules: Rule[] | undefined; contacts: Contact[]; none: string }) {
  return (
    <div className={styles.steps}>
      <h3 className={styles.stepsTitle}>{title}</h3>
      {!rules?.length ? (
        <p className={cards.text}>{none}</p>
      ) : (
        <ol style={{ display: 'grid', gap: 8 }}>
          {rules.map((rule, index) => {
            const delay = rule.after ? lengthOf(rule.after) : 0;
            return (
              <li key={index} className={styles.stepRow}>
                <span className="num">{delay ? t.rules.after(longLength(delay)) : t.rules.atOnce}</span>
                <Way contact={contacts.find((contact) => contact.name === rule.contact)} name={rule.contact} />
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
