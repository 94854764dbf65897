// Only these pages use them, so they are not part of the first one.
import '@mantine/core/styles/PasswordInput.css';
import { Skeleton } from '@mantine/core';
import { useAccount } from '../../api/account';
import { ApiError } from '../../api/client';
import { accountText as t } from '../../text/account';
import { LoadError } from '../../ui/LoadError';
import org from '../org.module.css';
import styles from './AccountPage.module.css';
import { Changes } from './Changes';
import { GuardProvider } from './guard';
import { Keys } from './Keys';
import { Passkeys } from './Passkeys';
import { Password } from './Password';
import { SecondStep } from './SecondStep';
import { Sessions } from './Sessions';

/** How I sign in, where I am signed in, and with which keys. */
export default function AccountPage() {
  const query = useAccount();
  const account = query.data;
  const nobody = query.error instanceof ApiError && query.error.status === 409;
  if (query.isPending)
    return (
      <div className={org.page} aria-busy>
        <Skeleton height={120} radius="lg" />
        <Skeleton height={240} mt={24} radius="lg" />
      </div>
    );
  if (!account && !nobody) return <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />;
  return (
    <GuardProvider hasPassword={account?.hasPassword ?? false}>
      <div className={org.page}>
        <div className={org.columns}>
          <div className={org.column}>
            {account ? (
              <>
                <Password account={account} />
                <SecondStep account={account} />
                <Passkeys account={account} />
              </>
            ) : (
              <div className={`card ${styles.box}`} role="status">
                <strong>{t.nobody}</strong>
                <p>{t.nobodyHint}</p>
              </div>
            )}
            <Keys person={account?.login ?? null} />
          </div>
          <div className={org.column}>
            <Sessions />
            {account && <Changes person={account.login} />}
          </div>
        </div>
      </div>
    </GuardProvider>
  );
}
