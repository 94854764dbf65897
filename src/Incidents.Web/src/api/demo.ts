import { useQuery, useQueryClient } from '@tanstack/react-query';
import { change, getTagged } from './client';
import { api } from './keys';
import type { Change } from './organisation';

export interface DemoKept {
  kind: string;
  name: string;
  reason: 'present' | 'changed' | 'needed' | (string & {});
  where: string | null;
}

export interface DemoStep {
  changes: Change[];
  kept: DemoKept[];
  refusal: { path: string; message: string }[] | null;
}

export interface DemoPlans {
  load: DemoStep;
  remove: DemoStep;
}

/** What loading and removing the demo organisation would do, with the tag that carrying it out needs. */
export function useDemoPlans(enabled: boolean) {
  return useQuery({ queryKey: ['demo'], queryFn: ({ signal }) => getTagged<DemoPlans>(`${api}/demo`, signal), enabled, staleTime: 0 });
}

export function useDemoAction(): (what: 'load' | 'remove', etag: string | null) => Promise<void> {
  const client = useQueryClient();
  return async (what, etag) => {
    try {
      await change<unknown>(what === 'load' ? 'POST' : 'DELETE', `${api}/demo`, undefined, { ifMatch: etag });
    } finally {
      await client.invalidateQueries();
    }
  };
}
