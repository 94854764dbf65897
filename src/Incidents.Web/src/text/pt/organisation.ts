import type { orgText, peopleText } from '../organisation';
import type { Translated } from '../words';

export const organisation: Translated<typeof orgText> = {
  columns: { service: 'Serviço', team: 'Equipe', goes: 'Vai para', now: 'De plantão agora', open: 'Abertos', policy: 'Política', usedBy: 'Usada por', person: 'Pessoa', next: 'Depois', load: 'Últimos 30 dias', lead: 'Líder' },
  pool: (pool) => `Grupo ${pool}`, team: (team) => `Equipe ${team}`, schedule: 'Escala', policy: 'Política', runbook: 'Procedimento', nobody: 'Ninguém', none: 'nenhum', missing: (name) => `Não há ${name}`, missingHint: 'Pode ter sido excluído ou renomeado.',
  position: { primary: 'primário', secondary: 'secundário' }, poolsPolicy: 'pelo grupo',
  service: {
    filter: 'Filtrar serviços', new: 'Novo serviço', edit: (name) => `Mudar ${name}`, empty: 'Nenhum serviço ainda', emptyHint: 'Um serviço é o que quebra: alertas o nomeiam, e ele diz quem chamar.', emptyFilter: 'Nenhum serviço encontrado', open: (count) => (count === 1 ? '1 incidente aberto' : `${count} incidentes abertos`), quiet: 'calmo',
    graph: 'Dependências', graphHint: 'Quem precisa de algo fica à esquerda.', graphLabel: (text) => `Dependências: ${text}`, needs: (one, others) => `${one} precisa de ${others}`, alone: 'Não precisa de outro serviço, e nenhum precisa dele.', openTitle: 'Incidentes abertos', openNone: 'Tudo calmo: nada está aberto.',
    earlier: 'Incidentes anteriores', earlierNone: 'Nenhum até agora.', escalation: 'Se quebrar agora', facts: 'Dados', coverage: { always: 'dia e noite', 'business-hours': 'em horário comercial' }, target: (mtta) => `atendido em ${mtta}`,
    fields: { pool: 'Grupo', team: 'Equipe', schedule: 'Escala', policy: 'Política', dependsOn: 'Precisa de', runbook: 'Procedimento', runbookHint: 'Um endereço; é mostrado com cada incidente.', poolsOwn: (name) => `A do grupo (${name})` },
    noTeam: 'Sem equipe', noSchedule: 'Sem escala', noOthers: 'Não há outro serviço.', deleteHint: 'Incidentes abertos mantêm o que têm. Nada mais pode nomear o serviço.',
  },
  policies: {
    new: 'Nova política', empty: 'Nenhuma política ainda', emptyHint: 'Uma política diz quem é chamado primeiro, e quem depois se ninguém atender.', edit: (name) => `Mudar ${name}`, usedBy: (count) => (count === 1 ? '1 serviço' : `${count} serviços`), unused: 'nenhum serviço', levels: (count) => (count === 1 ? '1 nível' : `${count} níveis`),
    words: 'Em palavras', diagram: 'Quem é agora', for: 'Como para o serviço', anyService: 'Nenhum serviço', services: 'Serviços', poolsOf: (pools) => `Padrão de ${pools}`,
    target: {
      schedule: (name, position) => (name ? `o ${position} de ${name}` : `o ${position} do serviço`),
      dependencies: 'os primários do que o serviço precisa',
      'same-pool': 'os outros primários do seu grupo',
      'other-always-pools': 'os primários dos outros grupos de dia e noite',
      lead: (name) => (name ? `o líder de ${name}` : 'o líder da equipe'),
      team: (name) => (name ? `todos em ${name}` : 'a equipe toda'),
      roster: (name) => (name ? `todos da escala ${name}` : 'a escala toda'),
      person: (name) => name,
    },
    and: (all) => (all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} e ${all.at(-1) ?? ''}`),
    first: (who) => `Primeiro chama-se ${who}.`,
    then: (after, who) => `Ninguém reconhece em ${after}: então ${who}.`,
    repeat: (times) => (times === 0 ? '' : times === 1 ? 'Tudo isso acontece mais uma vez.' : `Tudo isso acontece mais ${times} vezes.`),
    last: (who, every) => `No fim ${who}, a cada ${every}, até alguém reconhecer.`,
    poolTimeout: 'o prazo do grupo', poolTimeoutIs: (length) => `${length} (o do grupo)`, level: (level) => `Nível ${level}`, lastResort: 'Último recurso', at: (time) => `depois de ${time}`, atOnce: 'já', waits: (length) => `espera ${length}`, every: (length) => `a cada ${length}`,
    depends: 'depende do serviço', nobodyNow: 'ninguém agora: segue já', nobody: 'ninguém agora', again: (times) => (times === 1 ? 'mais uma vez a partir do nível 1' : `mais ${times} vezes a partir do nível 1`),
    fields: {
      timeout: 'Espera', timeoutHint: 'pool, ou um tempo como 5m', every: 'A cada', repeat: 'Rodadas a mais', repeatHint: 'Quantas vezes todos os níveis são percorridos de novo antes do último recurso.', who: 'Quem', whoNth: (level, place) => `Nível ${level}, quem (${place})`, name: 'Nome', position: 'Posição', addTarget: 'Mais alguém',
      addLevel: 'Acrescentar nível', up: (level) => `Nível ${level} antes`, down: (level) => `Nível ${level} depois`, removeLevel: (level) => `Remover nível ${level}`, removeTarget: 'Remover este alvo', own: 'O do próprio serviço',
    },
    kinds: { schedule: 'De plantão numa escala', dependencies: 'Primários dos serviços de que precisa', 'same-pool': 'Outros primários do grupo', 'other-always-pools': 'Outros grupos de dia e noite', lead: 'Líder da equipe', team: 'Equipe toda', roster: 'Escala toda', person: 'Uma pessoa' },
    deleteHint: 'Incidentes abertos a mantêm até acabar. Nenhum serviço e nenhum grupo pode mais nomeá-la.',
  },
};

export const people: Translated<typeof peopleText> = {
  filter: 'Filtrar pessoas', new: 'Nova pessoa', newTitle: 'Acrescentar pessoa', edit: (name) => `Mudar ${name}`, empty: 'Ninguém ainda', emptyFilter: 'Ninguém encontrado', on: (position, schedule) => `${position} de ${schedule}`, off: 'fora do plantão', nextAt: (schedule, when) => `${schedule}, ${when}`, nothingAhead: 'nada em 90 dias',
  hours: (hours) => `${hours} h`, pages: (count) => (count === 1 ? '1 chamada' : `${count} chamadas`), localTime: (time, zone) => `${time} em ${zone}`, away: (until) => `ausente até ${until}`, deleteHint: 'Nenhuma escala, equipe ou política pode mais nomear esta pessoa. O que foi trabalhado e pago fica.', now: 'Plantão', shifts: 'Próximos turnos',
  shiftsNone: 'Nenhum turno nos próximos 90 dias.', more: (count) => `e mais ${count}`, load: 'Carga', loadHint: 'Os últimos 30 dias', loadNone: 'Fora do plantão nos últimos 30 dias.', nights: (count) => (count === 1 ? '1 noite' : `${count} noites`), weekends: (count) => (count === 1 ? '1 fim de semana' : `${count} fins de semana`),
  absences: 'Ausente', absencesNone: 'Nada previsto.', facts: 'Dados', scope: 'Direitos só para',
  fields: { login: 'Login', loginHint: 'Para entrar e nos documentos; não muda.', name: 'Nome', email: 'E-mail', zone: 'Fuso horário', zoneHint: 'Como America/Sao_Paulo', calendar: 'Calendário', site: 'Local', language: 'Idioma do telefone', role: 'Papel', teams: 'Equipes', qualifiedFor: 'Qualificado para', scope: 'Direitos só para estas equipes (nenhuma: para todas)', noCalendar: 'O da equipe' },
  roles: { admin: 'Administrador: tudo', manager: 'Gestor: muda escalas, pessoas e pagamento', responder: 'Plantonista: atende, faz plantão', observer: 'Observador: só vê' },
  contacts: {
    title: 'Contatos', hidden: 'Seu papel não vê contatos.', none: 'Nenhum contato: esta pessoa não pode ser alcançada.', kind: { voice: 'Ligação', sms: 'SMS', email: 'E-mail', slack: 'Slack', webhook: 'Webhook' }, label: 'Nome', address: 'Endereço', way: 'Meio', nth: (what, place) => `${what} do contato ${place}`, add: 'Acrescentar contato', remove: (name) => `Remover contato ${name}`,
    examples: { voice: '+5511900000001', sms: '+5511900000001', email: 'ana@example.com', slack: 'U0123ABCD', webhook: 'https://' },
  },
  rules: {
    title: 'Como sou chamado', titleOf: (name) => `Como ${name} é chamado`, high: 'Urgente', low: 'Não urgente', atOnce: 'Já', after: (length) => `Depois de ${length}`, asHigh: 'Como nas chamadas urgentes.', none: 'Nenhuma regra: todo contato é tentado já.', ends: 'Para assim que alguém reconhece.', contact: 'Contato', delay: 'Depois de',
    delayHint: 'como 2m; vazio: já', add: 'Acrescentar passo', remove: (place) => `Remover passo ${place}`, nth: (what, place) => `${what} do passo ${place}`, separate: 'Outros passos quando não é urgente', edit: 'Mudar contatos e regras',
  },
  teams: {
    new: 'Nova equipe', edit: (name) => `Mudar ${name}`, empty: 'Nenhuma equipe ainda', emptyHint: 'Uma equipe tem membros, um líder e serviços, e um calendário para seu horário comercial.', members: (count) => (count === 1 ? '1 membro' : `${count} membros`), membersTitle: 'Membros', noMembers: 'Ninguém está nela.', lead: 'Líder', noLead: 'Sem líder',
    calendar: 'Calendário', noCalendar: 'Sem calendário', onCall: 'De plantão agora', schedules: 'Escalas', services: 'Serviços', noServices: 'Não tem serviço.', noSchedules: 'Não tem escala.', deleteHint: 'Nenhum serviço e nenhuma escala pode mais nomeá-la.',
  },
};
