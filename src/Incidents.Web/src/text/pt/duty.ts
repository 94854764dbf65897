import type { dutyText } from '../duty';
import type { Translated } from '../words';

export const duty: Translated<typeof dutyText> = {
  now: 'Agora', at: 'Em', backToNow: 'Voltar a agora', until: (when, left) => `até ${when} · ${left}`, untilOnly: (when) => `até ${when}`, open: 'sem fim', noPool: 'Sem grupo', position: { primary: 'Primário', secondary: 'Secundário' }, gap: 'Ninguém está de plantão',
  gaps: (count) => (count === 1 ? '1 lacuna: ali ninguém atende' : `${count} lacunas: ali ninguém atende`),
  why: { layer: 'camada', override: 'exceção', swap: 'troca', temporary: 'temporária', gap: 'lacuna' },
  empty: 'Nenhuma escala ainda', emptyHint: 'Escalas vêm com o documento de configuração (incidentctl apply).', zone: (zone) => `Horários em ${zone}`,
};
