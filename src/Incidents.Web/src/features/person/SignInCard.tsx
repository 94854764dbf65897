import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { endSessionsOf, invite, removeAccount, useAccountChange, usePersonAccount } from '../../api/account';
import { useNow } from '../../lib/clock';
import { dayName, dayTime } from '../../lib/time';
import { minute } from '../../lib/zone';
import { accountText } from '../../text/account';
import { CopyButton } from '../../ui/CopyButton';
import { toastDone, toastError } from '../../ui/toast';
import org from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import { Fact } from '../service/ServicePage';

const t = accountText.person;

/** For admins: how somebody signs in; invite them, end their sessions, take the account away. */
export function SignInCard({ login, name }: { login: string; name: string }) {
  const query = usePersonAccount(login, true);
  const invitation = useAccountChange(invite);
  const end = useAccountChange(endSessionsOf);
  const removal = useAccountChange(removeAccount);
  const [removing, setRemoving] = useState(false);
  const now = useNow(minute);
  const account = query.data;
  if (query.isError && !account) return null;
  const sent = invitation.data;
  const any = account && (account.hasPassword || account.totp || account.passkeys > 0 || account.invitedUntil !== null);
  return (
    <section aria-label={t.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.title}</h2>
        {account && (
          <Button size="compact-xs" variant="default" loading={invitation.isPending} onClick={() => invitation.mutate(login, { onError: toastError })}>
            {any ? t.again : t.invite}
          </Button>
        )}
      </div>
      {!account ? (
        <Skeleton height={120} radius="lg" aria-busy />
      ) : (
        <div className="card">
          <dl className={org.list}>
            <Fact name={t.password}>{account.lockedUntil ? t.locked(dayTime(account.lockedUntil, now)) : account.hasPassword ? t.yes : account.invitedUntil ? t.invited(dayName(account.invitedUntil)) : t.no}</Fact>
            <Fact name={t.totp}>{account.totp ? t.on : t.off}</Fact>
            <Fact name={t.passkeys}>{account.passkeys || '–'}</Fact>
            <Fact name={t.sessions}>{account.sessions || '–'}</Fact>
            <Fact name={t.last}>{account.signedInAt ? dayTime(account.signedInAt, now) : '–'}</Fact>
          </dl>
          {sent && (
            <div className={cards.item} role="status">
              <p className={cards.text}>{sent.email ? t.sent(sent.email) : t.byHand} {t.link}</p>
              <div className={cards.address}>
                <code className="mono">{sent.link}</code>
                <CopyButton value={sent.link} label={t.copy} />
              </div>
            </div>
          )}
          {(account.sessions > 0 || any) && (
            <Group gap="xs" p="sm">
              {account.sessions > 0 && (
                <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate(login, { onError: toastError, onSuccess: () => toastDone(t.ended(name)) })}>
                  {t.end}
                </Button>
              )}
              {any && (
                <Button size="compact-xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
                  {t.remove}
                </Button>
              )}
            </Group>
          )}
        </div>
      )}
      <Modal opened={removing} onClose={() => setRemoving(false)} title={t.removeTitle(name)}>
        <p className={cards.text}>{t.removeHint}</p>
        <Group mt="md" justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setRemoving(false)}>
            {accountText.cancel}
          </Button>
          <Button
            color="red.8"
            loading={removal.isPending}
            onClick={() =>
              removal.mutate(login, {
                onError: toastError,
                onSuccess: () => {
                  invitation.reset();
                  setRemoving(false);
                  toastDone(t.removed(name));
                },
              })
            }
          >
            {accountText.remove}
          </Button>
        </Group>
      </Modal>
    </section>
  );
}
