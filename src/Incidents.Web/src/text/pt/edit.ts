import type { editText } from '../edit';
import type { Translated } from '../words';

export const edit: Translated<typeof editText> = {
  edit: 'Editar', add: 'Acrescentar', remove: 'Remover', delete: 'Excluir', plan: 'O que mudaria', nothing: 'Nada ainda.', fill: 'Preencha o formulário para ver o que seria criado.', sound: 'O servidor aceita isto.',
  faults: (count) => (count === 1 ? '1 campo precisa de atenção.' : `${count} campos precisam de atenção.`),
  whole: 'tudo', becomes: 'passa a', save: 'Salvar', create: 'Criar', cancel: 'Cancelar', saved: (name) => `${name} está salvo e em vigor`, undo: 'Desfazer', undone: 'Desfeito: está como era.', refused: 'Não foi salvo', forbidden: 'Você não pode fazer isto',
  waiver: 'Por que esta violação é aceita', waiverHint: 'Fica na auditoria.',
  conflict: (by, when) => `${by || 'Alguém'} mudou isto enquanto você editava${when ? ` (${when})` : ''}. Nada do que você fez se perdeu.`,
  conflictHint: 'Onde os dois mudaram o mesmo campo, vale a sua mudança se você a mantiver. Você pode ver o resultado antes de salvar.',
  theirs: 'A mudança feita', mine: 'A sua mudança', keepMine: 'Manter a minha sobre ela', takeTheirs: 'Descartar a minha', readOnly: 'Um gestor muda isto.', choose: 'Escolher …', none: 'Nenhum', name: 'Nome', deleteTitle: (name) => `Excluir ${name}?`, deleted: (name) => `${name} foi excluído`,
};
