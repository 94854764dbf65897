import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type ContactState, type OwnContacts, type OwnRules, useContactStates, useMyContacts, useMyRules } from '../../../api/reach';
import { reachText as t } from '../../../text/reach';
import { IconAlertTriangle, IconPencil } from '../../../ui/icons';
import { Proof } from '../../../ui/Proof';
import { Mark } from '../../../ui/Mark';
import page from '../../page.module.css';
import { Way } from '../../person/Reach';
import cards from '../../schedule/cards.module.css';
import { ContactsDialog } from './ContactsDialog';
import { TestButton } from './TestDialog';
import { Verify } from './Verify';
import styles from './reach.module.css';

/** My contacts: whether they are proven, whether a rule uses them, a test of each, and what a pool asks for that is not there. */
export function ContactsCard({ login }: { login: string }) {
  const query = useMyContacts();
  const rules = useMyRules().data?.data;
  const states = useContactStates(login).data;
  const [editing, setEditing] = useState(false);
  // A contact that has just been added is proven next.
  const [added, setAdded] = useState('');
  if (query.isError && !query.data) return null;
  return (
    <section aria-label={t.contacts.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.contacts.title}</h2>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPencil size={14} />} disabled={!query.data} onClick={() => setEditing(true)}>
          {t.contacts.change}
        </Button>
      </div>
      <div className="card">{query.data ? <List key={added} own={query.data.data} rules={rules} states={states} first={added} /> : <Skeleton height={120} aria-busy />}</div>
      {editing && query.data && <ContactsDialog contacts={query.data.data.contacts} etag={query.data.etag} onClose={() => setEditing(false)} onSaved={(fresh) => setAdded(fresh[0]?.name ?? '')} />}
    </section>
  );
}

function List({ own, rules, states, first }: { own: OwnContacts; rules: OwnRules | undefined; states: ContactState[] | undefined; first: string }) {
  const [open, setOpen] = useState(first);
  const used = new Set([...(rules?.high ?? []), ...(rules?.low ?? [])].map(({ contact }) => contact));
  const unmet = own.needs.filter(({ met }) => !met);
  return (
    <>
      {own.contacts.length === 0 && <p className={cards.empty}>{t.contacts.none}</p>}
      <ul>
        {own.contacts.map((contact) => {
          const state = states?.find(({ name }) => name === contact.name);
          const unproven = state && !state.verifiedAt;
          return (
            <li key={contact.name} className={cards.item}>
              <div className={styles.contact}>
                <div className={styles.line}>
                  <Way contact={contact} name={contact.name} />
                  <span className={styles.dim}>{contact.name}</span>
                  <span className={styles.end}>
                    {unproven && !state.problem && open !== contact.name && !state.code && (
                      <Button size="compact-xs" variant="default" aria-label={`${t.verify.button} ${contact.name}`} onClick={() => setOpen(contact.name)}>
                        {t.verify.button}
                      </Button>
                    )}
                    {state?.problem !== 'noChannel' && <TestButton what={{ contact: contact.name }} text={t.test.button} label={t.test.label(contact.name)} />}
                  </span>
                </div>
                <div className={styles.line}>
                  {state && <Proof verified={!!state.verifiedAt} />}
                  {state?.problem && (
                    <Mark tone="amber">
                      {t.verify.problem[state.problem]}
                    </Mark>
                  )}
                  {rules && used.size > 0 && !used.has(contact.name) && (
                    <Mark tone="amber" title={t.contacts.unusedHint}>
                      {t.contacts.unused}
                    </Mark>
                  )}
                </div>
                {unproven && (open === contact.name || state.code) && <Verify contact={state} onDone={() => setOpen('')} />}
              </div>
            </li>
          );
        })}
      </ul>
      {unmet.length > 0 && (
        <div className={styles.box}>
          {unmet.map(({ pool, kind }) => (
            <p key={pool + kind} className={styles.warn}>
              <IconAlertTriangle size={16} aria-hidden />
              {t.need(pool, t.needs[kind] ?? kind)}
            </p>
          ))}
        </div>
      )}
    </>
  );
}
