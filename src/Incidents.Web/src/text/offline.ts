import { words } from './words';

/** What a person reads when the connection comes and goes. */
export const offlineText = words('offline', {
  kept: (number: number) => `No connection: the acknowledge of #${number} waits`,
  keptHint: 'It is sent by itself as soon as there is one. Until then the phone goes on ringing; a call or a text can be answered without data.',
  failed: 'It could not be kept either: this browser allows no storage.',
  sent: (number: number) => `Sent: you have #${number}`,
  taken: (number: number, name: string) => `${name} had #${number} before your acknowledge arrived`,
  resolved: (number: number) => `#${number} was resolved before your acknowledge arrived`,
  refused: (number: number) => `The acknowledge of #${number} was refused`,
  old: (number: number) => `The acknowledge of #${number} was not sent`,
  oldHint: 'More than an hour passed without a connection. Look at the incident and decide anew.',
  withdrawn: (number: number) => `The acknowledge of #${number} will not be sent`,
  version: 'A new version of the console is ready',
  reload: 'Reload',
});
