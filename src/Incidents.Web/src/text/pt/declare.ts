import type { declareText } from '../declare';
import type { Translated } from '../words';

export const declare: Translated<typeof declareText> = {
  title: 'Declarar um incidente', hint: 'Chama quem está de plantão para o serviço, como um alerta faria.', what: 'O que está errado?', choose: 'Escolher …', whatHint: 'Uma frase; ela é dita ao telefone.', service: 'Serviço',
  severity: 'Gravidade', details: 'Detalhes (opcional)', submit: 'Declarar e chamar', required: 'Preencha este campo.',
};
