import { console } from './console';
import { drafts } from './drafts';
import { edit } from './edit';
import { intake, wall } from './intake';
import { me } from './me';
import { office } from './office';
import { organisation, people } from './organisation';
import { reach } from './reach';
import { schedules } from './schedules';

/** Portuguese as it is written in Brazil. The compiler holds every part against its English one. */
export const pt = { console, drafts, edit, intake, me, office, organisation, people, reach, schedules, wall };
