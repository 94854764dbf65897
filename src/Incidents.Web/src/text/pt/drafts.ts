import type { draftText } from '../drafts';
import type { Translated } from '../words';

export const drafts: Translated<typeof draftText> = {
  open: 'Editar num rascunho', resume: (count) => (count === 1 ? 'Continuar o rascunho (1 mudança)' : `Continuar o rascunho (${count} mudanças)`), title: 'Rascunho', kept: 'Só você o vê; fica neste navegador até você publicar ou descartar.',
  notKept: 'Este navegador não o guarda: o armazenamento está bloqueado ou cheio. Publique antes de sair.', count: (count) => (count === 0 ? 'Nenhuma mudança ainda' : count === 1 ? '1 mudança' : `${count} mudanças`), undo: 'Desfazer', redo: 'Refazer', undoKey: 'Desfazer (Ctrl+Z)', redoKey: 'Refazer (Ctrl+Shift+Z)',
  discard: 'Descartar', discardTitle: 'Descartar o rascunho?', discardHint: (count) => (count === 1 ? '1 mudança se perde. A escala em vigor fica como está.' : `${count} mudanças se perdem. A escala em vigor fica como está.`), keepEditing: 'Continuar editando', close: 'Fechar',
  publish: 'Publicar…', publishNow: 'Publicar', publishAnyway: 'Publicar assim mesmo', published: (name) => `${name} foi publicada e está em vigor`, publishTitle: (name) => `Publicar o rascunho de ${name}?`, nothingToPublish: 'Nada difere da escala em vigor.',
  effective: 'As camadas valem a partir de', effectiveHint: 'Vazio: já. Exceções têm horários próprios.', refused: 'Não foi publicado', invalid: 'O rascunho não pode ser publicado assim', elsewhere: (facts) => `${facts}: um rascunho não muda isto, nem escalas temporárias. Mudam com o documento de configuração (incidentctl apply).`,
  elsewhereOf: { team: (name) => `Time ${name}`, noTeam: 'sem time', pool: (name) => `pool ${name}`, zone: (zone) => `fuso ${zone}` },
  saidOf: { undone: 'Desfeito.', redone: 'Refeito.' },
  rows: { layers: 'Camadas', layer: (name) => `Camada ${name}`, overrides: 'Exceções', away: 'Ausentes', swaps: 'Pedidos de troca', final: 'Final', zone: (zone) => `Hora em ${zone}` },
  show: { layers: 'Camadas', zones: 'Fusos', label: 'Mostrar na linha do tempo' }, share: { label: 'Compartilhar', link: 'Copiar link', copied: 'Link copiado', print: 'Imprimir', feed: 'Assinar o calendário…' },
  feed: {
    title: (name) => `Calendário de ${name}`, hint: 'Um endereço só seu para programas de calendário. Quem o conhece pode ler os turnos; um novo encerra o antigo.', make: 'Criar um endereço', remake: 'Criar um endereço novo', made: (when) => `Você tem um endereço desde ${when}; ele foi mostrado uma vez.`, copy: 'Copiar o endereço', remove: 'Remover',
  },
  override: {
    title: 'Exceção do rascunho', save: 'Levar ao rascunho', remove: 'Remover', back: 'Deixar como está', fill: 'Escolha pessoas e horários.', label: (what, when) => `Exceção: ${what}, ${when}`, state: { kept: '', new: 'nova', changed: 'mudada', removed: 'sai' },
    help: 'Arraste para mover, arraste uma borda para redimensionar. Teclado: Ctrl e setas movem, com Shift o fim; Enter edita, Delete remove.', moved: (what, when) => `${what} agora ${when}`, fixed: 'Escrita por uma troca: vem e vai com ela.', empty: 'Arraste numa linha para criar uma',
  },
  layer: {
    title: (name) => `Camada ${name}`, add: 'Acrescentar camada', word: 'camada', edit: (name) => `Editar a camada ${name}`, done: 'Pronto', remove: 'Remover a camada', name: 'Nome', taken: 'Outra camada tem este nome.', position: 'Posição', kind: 'Quem ela nomeia', kinds: { own: 'Ordem própria', next: 'O próximo na ordem de outra camada' }, nextOf: 'Segue',
    people: 'Ordem das pessoas', peopleHint: 'Arraste ou use as setas. Mudar a ordem mantém quem está de plantão agora.', turnOf: (place) => `Vez ${place}`, up: (who) => `Mover ${who} para antes`, down: (who) => `Mover ${who} para depois`, grip: (who, place, count) => `${who}, ${place} de ${count}. As setas movem.`,
    movedTo: (who, place, count) => `${who} agora é ${place} de ${count}`, removeTurn: (who) => `Remover ${who}`, also: (who) => `Alguém ao lado de ${who}`, alone: (who) => `Tirar ${who} desta vez`, addPerson: 'Acrescentar pessoa …', addBeside: '+', addNobody: 'Acrescentar vez vazia', nobody: 'Ninguém',
    length: 'Cada vez dura', units: { h: 'horas', d: 'dias', w: 'semanas', mo: 'meses' }, starts: 'Começa em', handoff: 'Passagem às', handoffHint: (day) => `A vez muda nesta hora; semanas em ${day}.`, until: 'Termina em', untilHint: 'Vazio: nunca', zone: 'Fuso', zoneOf: (zone) => `O da escala (${zone})`,
    level: 'Prevalece sobre', levels: (below) => below || 'nada: é a mais baixa', raise: 'Subir: prevalece sobre mais', lower: 'Descer: prevalece sobre menos', windows: 'Só nestes horários', windowsHint: 'Nenhum: o dia todo. Uma janela pode passar da meia-noite; a mesma hora duas vezes são 24 horas.',
    addWindow: 'Acrescentar horário', removeWindow: 'Remover este horário', windowFrom: 'De', windowTo: 'Até', on: 'Em', ons: { all: 'todos esses dias', workdays: 'dias úteis', 'holidays-and-weekends': 'feriados e fins de semana' }, calendar: 'Pelo calendário', teamCalendar: 'O da equipe',
    worked: 'Vezes sem esse horário não gastam a vez de ninguém', days: ['Seg', 'Ter', 'Qua', 'Qui', 'Sex', 'Sáb', 'Dom'],
  },
  compare: {
    title: 'Comparado à escala em vigor', window: (days) => `próximos ${days} dias`, part: 'O que se mostra', tabs: { changes: 'Quem', limits: 'Limites', fairness: 'Equilíbrio', cost: 'Custo' }, checking: 'Calculando …', nothing: 'Mude algo para ver o efeito.', same: 'Ninguém fica de plantão de outro jeito.', to: 'passa a', nobody: 'ninguém', more: (count) => `Mostrar mais ${count}`,
    go: (when) => `Mostrar ${when} na linha do tempo`, gaps: 'Lacunas', gapNew: 'Nova lacuna', gapGone: 'Lacuna fechada', refusing: 'Recusado sem motivo', new: 'Novos', gone: 'Resolvidos', keptFindings: 'Iguais', none: 'Nenhum limite é violado, antes ou depois.', noNew: 'Nenhum achado novo.',
    metrics: { hours: 'Horas', nights: 'Noites', weekends: 'Fins de semana' }, metric: 'O que se compara', beforeAfter: (before, after) => `${before} antes, ${after} com o rascunho`, before: 'Em vigor', after: 'Rascunho', balance: 'Equilíbrio', costNone: 'Só gestores veem quanto custa o sobreaviso.', costFree: 'Ninguém destas escalas é pago.',
    total: 'Sobreaviso no total', unpaid: (hours) => `${hours} h sem preço`, was: (who) => `Em vigor: ${who}`,
  },
  conflict: {
    title: 'A escala em vigor mudou enquanto o seu rascunho estava aberto', by: (who, when) => `${who} a mudou ${when}.`, hint: 'Nada do que você fez se perdeu. Veja as duas, depois ponha a sua por cima ou fique com a outra.', theirs: 'A mudança feita', mine: 'O seu rascunho', rebase: 'Pôr o meu rascunho por cima', take: 'Ficar com a outra, descartar o meu',
    nothing: 'nada', rebased: 'O seu rascunho agora parte da escala atual.', clash: (count) => (count === 1 ? 'Uma coisa foi mudada pelos dois; vale a sua:' : `${count} coisas foram mudadas pelos dois; valem as suas:`), overridesGone: 'uma exceção que você moveu tinha sido removida',
    overridesNew: (count) => (count === 1 ? '1 exceção criada' : `${count} exceções criadas`), overridesLess: (count) => (count === 1 ? '1 exceção removida' : `${count} exceções removidas`), removedLayer: 'a camada inteira',
  },
  newSchedule: {
    button: 'Nova escala', title: 'Uma nova escala', hint: 'Começa como rascunho; ninguém fica de plantão por ela antes de você publicar.', name: 'Nome', nameHint: 'Letras minúsculas, algarismos e hífens.', team: 'Equipe', noTeam: 'Sem equipe', pool: 'Grupo', zone: 'Fuso', begin: 'Começar o rascunho', taken: 'Já há uma escala com este nome.', badName: 'Use letras minúsculas, algarismos e hífens.',
  },
  badge: 'Rascunho',
};
