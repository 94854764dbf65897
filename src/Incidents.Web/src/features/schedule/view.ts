import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useNow } from '../../lib/clock';
import { viewerZone } from '../../lib/time';
import { type Zoom, zooms } from '../../lib/timeline';
import { dateOf, minute } from '../../lib/zone';

export interface View {
  zoom: Zoom;
  form: 'timeline' | 'list';
  /** The zone of the axis: the viewer's, or the schedule's. */
  zone: string;
  date: string;
  today: string;
  layers: boolean;
  zones: boolean;
  /** The draft is edited. */
  draft: boolean;
}

export interface ViewChange {
  zoom?: Zoom;
  form?: View['form'];
  zone?: string;
  date?: string | null;
  layers?: string | null;
  zones?: string | null;
  draft?: string | null;
}

/** What of the schedule is shown, kept in the address so that a link shows the same. */
export function useView(scheduleZone: string): [View, (change: ViewChange) => void] {
  const [params, setParams] = useSearchParams();
  const zone = params.get('zone') === 'schedule' ? scheduleZone : viewerZone();
  const today = dateOf(useNow(minute), zone);
  const narrow = typeof window !== 'undefined' && window.matchMedia('(max-width: 760px)').matches;
  const zoom = zooms.find((known) => known === params.get('zoom')) ?? 'week';
  const given = params.get('form');
  const draft = params.get('draft') === '1';
  const date = /^\d{4}-\d\d-\d\d$/.test(params.get('date') ?? '') && !Number.isNaN(Date.parse(params.get('date') ?? '')) ? params.get('date')! : today;
  const form = draft ? 'timeline' : given === 'list' || given === 'timeline' ? given : narrow && zoom === 'month' ? 'list' : 'timeline';
  // Layers are what is edited in a draft; elsewhere they are asked for.
  const layers = draft ? params.get('layers') !== '0' : params.get('layers') === '1';
  // Hours are what a day is looked at for, so other walls stand beside them at once.
  const zones = params.get('zones') ? params.get('zones') === '1' : zoom === 'day';
  const view = useMemo<View>(() => ({ zoom, form, zone, date, today, layers, zones, draft }), [zoom, form, zone, date, today, layers, zones, draft]);

  const change = (wanted: ViewChange): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(wanted)) {
          if (value === null) next.delete(name);
          else if (value !== undefined) next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return [view, change];
}
