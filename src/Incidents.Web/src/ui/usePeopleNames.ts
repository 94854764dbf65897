import { usePeople } from '../api/queries';

/** A person's full name by login; the login while names are on their way, or for somebody who has left. */
export function useNameOf(): (login: string) => string {
  const names = usePeople().data;
  return (login) => names?.get(login) ?? login;
}
