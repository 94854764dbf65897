import { words } from './words';

/** What a person reads when they declare an incident. */
export const declareText = words('declare', {
  title: 'Declare an incident',
  hint: 'Pages whoever is on call for the service, as an alert would.',
  what: 'What is wrong?',
  choose: 'Choose …',
  whatHint: 'One sentence; it is spoken on the phone.',
  service: 'Service',
  severity: 'Severity',
  details: 'Details (optional)',
  submit: 'Declare and page',
  required: 'Please fill this in.',
});
