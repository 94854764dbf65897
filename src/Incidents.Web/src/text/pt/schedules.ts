import type { scheduleText } from '../schedules';
import type { Translated } from '../words';

export const schedules: Translated<typeof scheduleText> = {
  title: 'Escalas', filter: 'Filtrar escalas', empty: 'Nenhuma escala ainda', emptyHint: 'Escalas vêm com o documento de configuração (incidentctl apply).', emptyFilter: 'Nenhuma escala encontrada', columns: { schedule: 'Escala', primary: 'Primário agora', secondary: 'Secundário agora', ahead: 'Próximos 14 dias' },
  nobody: 'Ninguém', noSecondary: 'sem secundário', until: (when) => `até ${when}`, untilFurther: 'até segunda ordem', then: (when) => `depois a partir de ${when}`, next: 'Depois', nextFrom: (when, left) => `a partir de ${when}, em ${left}`, gaps: (count) => (count === 1 ? '1 lacuna' : `${count} lacunas`),
  gapsAhead: (count) => (count === 1 ? '1 lacuna nos próximos 90 dias' : `${count} lacunas nos próximos 90 dias`), findings: (count) => (count === 1 ? '1 achado' : `${count} achados`), strip: (name) => `Quem é primário em ${name} nos próximos 14 dias`, missing: (name) => `Não há escala ${name}`, missingHint: 'Pode ter sido excluída ou renomeada.',
  back: 'Escalas', onNow: 'De plantão agora', pool: (pool) => `Grupo ${pool}`, team: (team) => `Equipe ${team}`, position: { primary: 'Primário', secondary: 'Secundário' }, gap: 'Ninguém', gapLong: 'Ninguém está de plantão',
  why: {
    layer: (name) => (name ? `Camada ${name}` : 'Pelo rodízio'),
    override: (name) => (name ? `Exceção: ${name}` : 'Exceção'),
    swap: (name) => (name ? `Troca: ${name}` : 'Troca'),
    temporary: (name) => (name ? `Escala temporária ${name}` : 'Escala temporária'),
    gap: (_) => 'Lacuna: nenhuma camada ou exceção tem alguém aqui',
  },
  timeline: {
    label: 'Quem está de plantão quando', zoom: 'Zoom', zooms: { day: 'Dia', week: 'Semana', month: 'Mês', quarter: 'Trimestre' }, form: 'Mostrar como', forms: { timeline: 'Linha do tempo', list: 'Lista' }, today: 'Hoje', previous: { day: 'Dia anterior', week: 'Semana anterior', month: 'Mês anterior', quarter: 'Trimestre anterior' }, next: { day: 'Dia seguinte', week: 'Semana seguinte', month: 'Mês seguinte', quarter: 'Trimestre seguinte' },
    now: 'agora', zone: 'Fuso horário', yours: (zone) => `Seu horário · ${zone}`, theirs: (zone) => `Escala · ${zone}`, holiday: 'Feriado', help: 'Arraste numa linha para cobrir um trecho. Com o teclado: setas movem, com Shift escolhem, Enter cobre.', here: (zone) => `em ${zone}`, empty: 'Nada neste intervalo', length: (length) => `dura ${length}`,
    clockChange: (hours) => `O relógio muda: este dia tem ${hours} horas`, partOfDay: 'continua de antes', past: 'O passado fica como foi trabalhado: escolha um horário a partir de agora.',
  },
  cover: {
    button: 'Cobrir…', title: 'Mudar quem está de plantão', past: 'O passado não muda: escolha um horário a partir de agora.', what: 'O quê', kinds: { replace: 'Substituir', add: 'Acrescentar', remove: 'Remover' },
    kindHint: { replace: 'Vale só enquanto o substituído está de plantão.', add: 'De plantão ao lado de quem já está.', remove: 'Deixa uma lacuna onde não há mais ninguém.' },
    position: 'Posição', from: 'De', to: 'Até', who: { replace: 'Quem é substituído', add: 'Quem é acrescentado', remove: 'Quem é removido' }, with: 'Por', choose: 'Escolher …', roster: 'Desta escala', others: 'Outros', reason: 'Motivo', reasonHint: 'Todos o veem ao lado do turno.', reasonExample: 'p. ex. consulta médica',
    zoneHint: (from, to, zone) => `${from} – ${to} em ${zone}`, save: 'Salvar exceção', saveAnyway: 'Salvar assim mesmo', cancel: 'Cancelar', required: 'Escolha.', after: 'Escolha um horário depois do início.', waiver: 'Por que esta violação é aceita', waiverHint: 'Fica na auditoria.', refused: 'Recusado',
    conflict: 'Outra pessoa mudou isto entretanto. Nada foi salvo; o que há agora aparece atrás.', done: 'Exceção salva', undo: 'Desfazer', undone: 'Desfeito: volta a valer o que estava por baixo.', own: 'Você pode ser substituído. Um gestor faz o resto.',
  },
  preview: {
    title: 'O que mudaria', fill: 'Escolha pessoas e horários para ver o que mudaria.', checking: 'Calculando …', nothing: 'Nada muda: ninguém fica de plantão de outro jeito.', nobody: 'ninguém', gapsNew: (count) => (count === 1 ? 'Deixa 1 lacuna' : `Deixa ${count} lacunas`), gapsClosed: (count) => (count === 1 ? 'Fecha 1 lacuna' : `Fecha ${count} lacunas`),
    findingsNew: (count) => (count === 1 ? '1 novo achado' : `${count} novos achados`), clean: 'Nenhuma nova lacuna e nenhum limite violado.', findingsFixed: (count) => (count === 1 ? 'Corrige 1 achado' : `Corrige ${count} achados`), cost: 'Pagamento de sobreaviso:', costSame: 'o mesmo', balance: (before, after) => `Equilíbrio ${before} → ${after} de 100`, more: (count) => `e mais ${count}`,
  },
  overrides: {
    title: 'Exceções à frente', empty: 'Nenhuma. Está de plantão quem o rodízio nomeia.', replace: (by, whom) => `${by} por ${whom}`, add: (who) => `${who} acrescentado`, remove: (who) => `${who} removido`, by: (author) => `por ${author}`, swap: 'troca', delete: 'Remover', deleteLabel: (what) => `Remover a exceção “${what}”`, deleted: 'Exceção removida',
    restored: 'Exceção restaurada', running: 'em curso',
  },
  temporary: { title: 'Escalas temporárias', shifts: (count) => (count === 1 ? '1 turno' : `${count} turnos`), instead: 'vale em lugar do rodízio' },
  layers: {
    title: 'Rodízio', turns: (turn) => `${turn} cada`, next: (layer) => `o próximo na ordem de ${layer}`, nobody: 'ninguém', and: ' + ', until: (when) => `até ${when}`, worked: 'turnos vazios não gastam a vez de ninguém', workdays: 'só dias úteis', holidays: 'só feriados e fins de semana',
  },
  findingsCard: {
    title: 'Achados', hint: 'Limites de pessoal, próximos 90 dias', none: 'Nenhum limite é violado nos próximos 90 dias.', waived: (by, reason) => `aceito por ${by}: ${reason}`, fix: 'Correção', more: (count) => `Mostrar mais ${count}`, times: (count) => `${count} vezes`, severity: { enforce: 'obrigatório', warn: 'aviso', ignore: 'ignorado' },
    rule: {
      roster: 'Gente de menos', eventsPerShift: 'Eventos demais num turno', onCallShare: 'Tempo demais de plantão', operationsShare: 'Trabalho operacional demais', restAfterNightPage: 'Sem descanso depois de chamada noturna', consecutiveShifts: 'Turnos seguidos', doublePrimary: 'Primário duas vezes ao mesmo tempo', qualified: 'Não qualificado',
      uncovered: 'Tempo descoberto', unreachable: 'Não pode ser alcançado', absence: 'De plantão enquanto ausente', unknownPerson: 'Pessoa desconhecida',
    },
  },
  fairness: {
    title: 'Equilíbrio', hint: 'Tempo de plantão, 90 dias para trás e 90 para a frente', score: (score) => `${score} de 100`, scoreLabel: 'Equilíbrio', hours: (hours) => `${hours} h`, classes: { business: 'Horário comercial', offHours: 'Fora do horário', night: 'Noite', weekend: 'Fim de semana', holiday: 'Feriado' },
    detail: (nights, weekends, pages) => [`${nights} ${nights === 1 ? 'noite' : 'noites'}`, `${weekends} ${weekends === 1 ? 'fim de semana' : 'fins de semana'}`, `${pages} ${pages === 1 ? 'chamada' : 'chamadas'}`].join(' · '),
    none: 'Ninguém esteve de plantão ainda.',
  },
};
