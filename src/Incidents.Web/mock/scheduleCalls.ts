import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NewOverride } from '../src/api/scheduleTypes';
import { json, read } from './http.ts';
import { calendars, create, documentOf, fairness, findings, overrides, preview, schedules, shiftsOf, teams, temporary } from './schedules.ts';

const day = 86_400_000;

/** Answers what belongs to schedules; false: it is somebody else's. */
export function scheduleCall(request: IncomingMessage, response: ServerResponse, url: URL): boolean {
  const [, , , place, id, verb] = url.pathname.split('/').map(decodeURIComponent);
  const from = Date.parse(url.searchParams.get('from') ?? '') || Date.now();
  const to = Date.parse(url.searchParams.get('to') ?? '') || from + 90 * day;
  const list = (items: unknown): true => {
    json(response, 200, { items: process.env.MOCK_EMPTY ? [] : items });
    return true;
  };
  const missing = (): true => {
    json(response, 404, { title: 'Not found', detail: `There is no ${place} '${id}'.` });
    return true;
  };
  if (place === 'oncall' && !url.searchParams.get('at')) return list(schedules.flatMap((one) => shiftsOf(one.name, Date.now() - 30 * day, Date.now() + 30 * day).filter((shift) => Date.parse(shift.from ?? '') <= Date.now() && Date.parse(shift.until ?? '') > Date.now())));
  if (place === 'teams') return list(teams);
  if (place === 'calendars') return list(calendars);
  if (place === 'limits') return list(findings.filter((one) => !url.searchParams.get('schedule') || one.schedule === url.searchParams.get('schedule')));
  if (place === 'fairness') {
    json(response, 200, fairness(url.searchParams.get('schedule') ?? ''));
    return true;
  }
  if (place === 'overrides' && request.method === 'DELETE') {
    const index = overrides.findIndex((one) => one.id === id);
    const [gone] = index < 0 ? [] : overrides.splice(index, 1);
    if (!gone) return missing();
    json(response, 200, { applied: true, version: 2, id, item: documentOf(gone) });
    return true;
  }
  if (place !== 'schedules') return false;
  if (!id) return list(schedules);
  if (id === 'preview') {
    void read(request).then((body) => json(response, 200, preview((body as unknown as { overrides: NewOverride[] }).overrides[0]!)));
    return true;
  }
  const schedule = schedules.find((one) => one.name === id);
  if (!schedule) return missing();
  if (verb === 'shifts') return list(shiftsOf(id, from, to));
  if (verb === 'gaps') return list(shiftsOf(id, from, to).filter((shift) => shift.people.length === 0));
  if (verb === 'timeline') {
    json(response, 200, { basis: 'made-up', layers: [], items: shiftsOf(id, from, to), absences: [] });
    return true;
  }
  if (verb === 'temporary') return list(temporary.filter((one) => one.schedule === id));
  if (verb === 'overrides' && request.method === 'POST') {
    void read(request).then((body) => answerOverride(response, body as unknown as NewOverride & { waiver?: string }));
    return true;
  }
  if (verb === 'overrides') return list(overrides.filter((one) => one.schedule === id && Date.parse(one.to) > Date.now()));
  json(response, 200, schedule);
  return true;
}

function answerOverride(response: ServerResponse, draft: NewOverride & { waiver?: string }): void {
  const wrong = preview(draft).refusing[0];
  if (draft.reason === 'conflict') return json(response, 412, { title: 'Somebody else changed it', errors: [] });
  if (wrong && !draft.waiver) return json(response, 422, { title: 'Refused by a staffing limit', errors: [{ path: 'overrides[0].with', message: wrong.message }] });
  const made = create(draft);
  json(response, 201, { applied: true, version: 2, id: made.id, item: documentOf(made) });
}
