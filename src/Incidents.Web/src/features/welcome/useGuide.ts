import { useState } from 'react';
import { useEverybody, useIncident, useIntegrations, useServices } from '../../api/queries';
import { guideMemory, rememberGuide } from '../../lib/guide';
import { type Made, standing, type Standing } from '../../lib/welcome';

export interface Guide {
  made: Made;
  standing: Standing;
  remember: (part: Partial<Made>) => void;
}

/** How far the guide is; undefined until the organisation is known. */
export function useGuide(): Guide | undefined {
  const people = useEverybody().data;
  const services = useServices().data;
  const integrations = useIntegrations().data;
  const [made, setMade] = useState<Made>(() => guideMemory() ?? { startedAt: Date.now() });
  const incident = useIncident(String(made.incident ?? ''), made.incident !== undefined).data;
  if (!people || !services || !integrations) return undefined;
  const remember = (part: Partial<Made>): void =>
    setMade((old) => {
      const next = { ...old, ...part };
      rememberGuide(next);
      return next;
    });
  return { made, standing: standing({ people, services, integrations }, made, !!incident?.acknowledgedAt), remember };
}
