import type { officeText } from '../office';
import type { Translated } from '../words';

export const office: Translated<typeof officeText> = {
  forbidden: 'Esta página é para gestores', forbiddenHint: 'O seu próprio demonstrativo está em “Meu plantão”.', forbiddenAudit: 'Esta página é para plantonistas e gestores', forbiddenAuditHint: 'Você entrou como observador.',
  pay: {
    period: 'Período', empty: 'Nenhum período ainda', emptyHint: 'Um período aparece com a primeira escala.', none: 'Ninguém esteve de plantão neste período.', status: { draft: 'rascunho', approved: 'aprovado', exported: 'enviado à folha' },
    draftHint: 'Um rascunho é calculado sempre que é lido. Muda com escalas e valores até ser aprovado.', approvedBy: (who, when) => `Aprovado por ${who}, ${when}`, exportedBy: (who, when) => `enviado à folha por ${who}, ${when}`, approve: 'Aprovar…',
    approveTitle: (period) => `Aprovar ${period}?`, approveHint: 'Os demonstrativos são guardados como você os vê e nunca mais mudam. O que vier depois vira correção no período seguinte.', approveNow: 'Aprovar', approved: (period) => `${period} está aprovado`,
    notYet: (when) => `Pode ser aprovado a partir de ${when}, quando tiver acabado para todos.`, moved: 'O rascunho mudou desde que você o viu. Nada foi aprovado.', movedFrom: 'Você viu', movedTo: 'Agora é', approveMoved: 'Aprovar o que é agora', exportCsv: 'CSV',
    sent: 'Marcar como enviado à folha', wasSent: (period) => `${period} está marcado como enviado à folha`, people: 'Pessoas', columns: { person: 'Pessoa', hours: 'Horas', total: 'Total' }, hours: (hours) => `${hours} h`, left: 'saiu', lines: (name) => `Linhas de ${name}`,
    unpaid: 'Tempo sem preço', unpaidHint: 'Dê à pessoa um valor ou ao grupo coeficientes, a partir de uma data anterior.', reasons: { noRate: 'sem valor por hora', noRateYet: 'ainda sem valor por hora na época', poolWithoutPay: 'o grupo não tem pagamento', poolWithoutPayYet: 'o grupo ainda não tinha pagamento' },
    open: (count) => (count === 1 ? '1 incidente ainda está com alguém; é pago quando acabar.' : `${count} incidentes ainda estão com alguém; são pagos quando acabarem.`),
    adjusted: 'disso correções de períodos anteriores',
  },
  audit: {
    filters: 'Filtros', kind: 'O quê', anyKind: 'Tudo', name: 'Nome', actor: 'Quem', anybody: 'Qualquer um', from: 'De', to: 'Até', clear: 'Limpar filtros', empty: 'Nenhuma mudança até agora', emptyFilter: 'Nenhuma mudança encontrada', emptyFilterHint: 'Nada foi mudado assim.', more: 'Carregar mudanças anteriores',
    action: { create: 'criou', update: 'mudou', delete: 'excluiu' },
    did: (who, did, kind) => `${who} ${did} ${kind}`,
    via: { api: 'API', web: 'web', system: 'plataforma', unknown: 'desconhecido' },
    through: (way) => `por ${way}`,
    kinds: {
      calendar: 'calendário', person: 'pessoa', team: 'equipe', pool: 'grupo', schedule: 'escala', override: 'exceção', temporary: 'escala temporária', absence: 'ausência', policy: 'política', service: 'serviço', firstLine: 'primeira linha', triage: 'regra de triagem', integration: 'integração',
    },
    waiver: (reason) => `Aceito apesar de um limite: ${reason}`,
    together: (count) => `${count} mudanças de uma vez`,
    showAll: 'Mostrar',
  },
};
