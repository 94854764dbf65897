import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Link } from 'react-router';
import type { Me } from '../api/types';
import { text } from '../text/en';
import { chooseLanguage, language, languages } from '../text/words';
import { IconCheck, IconDeviceDesktop, IconDeviceMobile, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconShieldCheck, IconSun } from '../ui/icons';
import { PersonMark } from '../ui/PersonMark';
import styles from './UserMenu.module.css';

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

async function signOut(): Promise<void> {
  try {
    await fetch('/signout', { method: 'POST', credentials: 'same-origin' });
  } finally {
    window.location.assign('/signin');
  }
}

/** Opened when it is first shown: somebody pressed its button. */
export default function UserMenu({ me, onKeys }: { me: Me; onKeys: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu defaultOpened position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles.target} aria-label={text.menu.open(me.name)}>
          <PersonMark login={me.login} label={false} decorative size={28} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{me.name}</strong>
          <span>{me.login} · {text.role[me.role] ?? me.role}</span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconShieldCheck size={16} />}>
          {text.menu.account}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{text.menu.theme}</Menu.Label>
        {schemes.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={15} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {text.menu[value]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text.menu.language}</Menu.Label>
        {languages.map(({ code, name }) => (
          <Menu.Item
            key={code}
            lang={code}
            role="menuitemradio"
            aria-checked={language() === code}
            leftSection={<IconLanguage size={16} />}
            rightSection={language() === code ? <IconCheck size={15} /> : null}
            onClick={() => chooseLanguage(code)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {me.simulator && (
          <Menu.Item component="a" href="/simulator" leftSection={<IconDeviceMobile size={16} />}>
            {text.nav.phones}
          </Menu.Item>
        )}
        <Menu.Item className={styles.keys} leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
          {text.menu.keys}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {text.menu.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
