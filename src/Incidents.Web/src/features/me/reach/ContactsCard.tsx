import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type OwnContacts, type OwnRules, useMyContacts, useMyRules } from '../../../api/reach';
import { reachText as t } from '../../../text/reach';
import { IconAlertTriangle, IconPencil } from '../../../ui/icons';
import page from '../../page.module.css';
import { Way } from '../../person/Reach';
import cards from '../../schedule/cards.module.css';
import { ContactsDialog } from './ContactsDialog';
import styles from './reach.module.css';

/** My contacts: what they are, whether a rule uses them, what a pool asks for that is not there. */
export function ContactsCard() {
  const query = useMyContacts();
  const rules = useMyRules().data?.data;
  const [editing, setEditing] = useState(false);
  if (query.isError && !query.data) return null;
  return (
    <section aria-label={t.contacts.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.contacts.title}</h2>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPencil size={14} />} disabled={!query.data} onClick={() => setEditing(true)}>
          {t.contacts.change}
        </Button>
      </div>
      <div className="card">{query.data ? <List own={query.data.data} rules={rules} /> : <Skeleton height={120} aria-busy />}</div>
      {editing && query.data && <ContactsDialog contacts={query.data.data.contacts} etag={query.data.etag} onClose={() => setEditing(false)} />}
    </section>
  );
}

function List({ own, rules }: { own: OwnContacts; rules: OwnRules | undefined }) {
  const used = new Set([...(rules?.high ?? []), ...(rules?.low ?? [])].map(({ contact }) => contact));
  const unmet = own.needs.filter(({ met }) => !met);
  return (
    <>
      {own.contacts.length === 0 && <p className={cards.empty}>{t.contacts.none}</p>}
      <ul>
        {own.contacts.map((contact) => (
          <li key={contact.name} className={cards.item}>
            <div className={styles.contact}>
              <div className={styles.line}>
                <Way contact={contact} name={contact.name} />
                <span className={styles.dim}>{contact.name}</span>
                {rules && used.size > 0 && !used.has(contact.name) && (
                  <span className={styles.mark} data-tone="amber" title={t.contacts.unusedHint}>
                    {t.contacts.unused}
                  </span>
                )}
              </div>
            </div>
          </li>
        ))}
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
