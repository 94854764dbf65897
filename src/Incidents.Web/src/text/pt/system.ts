import type { systemText } from '../system';
import type { Translated } from '../words';

export const system: Translated<typeof systemText> = {
  health: 'Saúde', overall: { ok: 'Tudo funciona', degraded: 'Funciona, com algo fora do ar', down: 'Não consegue trabalhar' }, ok: 'ok', parked: 'Mensagens paradas',
  parkedHint: 'Trabalho que falhou dez vezes. É tentado de novo a cada 5 minutos; seu incidente seguiu sozinho.', parkedEmpty: 'Nada está parado', parkedEmptyHint: 'Uma mensagem que falha repetidamente esperaria aqui.',
  failures: (count) => `${count} falhas`, parkedAgo: (age) => `parada há ${age}`, nextTry: 'próxima tentativa em', content: 'Conteúdo', replay: 'Repetir', discard: 'Descartar', replayed: 'Mensagem repetida', discarded: 'Mensagem descartada',
  confirm: 'Descartar esta mensagem?', confirmHint: 'O trabalho nela nunca será feito. Isto não pode ser desfeito.',
};
