import type { offlineText } from '../offline';
import type { Translated } from '../words';

export const offline: Translated<typeof offlineText> = {
  kept: (number) => `Sem conexão: a confirmação de #${number} espera`,
  keptHint: 'Ela segue sozinha assim que houver conexão. Até lá o telefone continua tocando; uma ligação ou um SMS se responde sem dados.',
  failed: 'Também não foi possível guardá-la: este navegador não permite armazenamento.',
  sent: (number) => `Enviado: #${number} é seu`,
  taken: (number, name) => `${name} assumiu #${number} antes de a sua confirmação chegar`,
  resolved: (number) => `#${number} foi resolvido antes de a sua confirmação chegar`,
  refused: (number) => `A confirmação de #${number} foi recusada`,
  old: (number) => `A confirmação de #${number} não foi enviada`,
  oldHint: 'Passou mais de uma hora sem conexão. Olhe o incidente e decida de novo.',
  withdrawn: (number) => `A confirmação de #${number} não será enviada`,
  version: 'Há uma nova versão do console', reload: 'Recarregar',
};
