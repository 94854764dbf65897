import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, useEffect } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { ApiError } from '../api/client';
import { startLive } from '../api/live';
import { IncidentsPage } from '../features/incidents/IncidentsPage';
import { NotFound } from './NotFound';
import { Shell } from './Shell';
import { colorSchemeManager, theme } from './theme';
import { Toasts } from './Toasts';

const IncidentPage = lazy(() => import('../features/incident/IncidentPage'));
const OnCallPage = lazy(() => import('../features/oncall/OnCallPage'));
const SchedulesPage = lazy(() => import('../features/schedules/SchedulesPage'));
const SchedulePage = lazy(() => import('../features/schedule/SchedulePage'));
const MePage = lazy(() => import('../features/me/MePage'));
const IntegrationsPage = lazy(() => import('../features/integrations/IntegrationsPage'));
const ServicesPage = lazy(() => import('../features/services/ServicesPage'));
const ServicePage = lazy(() => import('../features/service/ServicePage'));
const PoliciesPage = lazy(() => import('../features/policies/PoliciesPage'));
const PolicyPage = lazy(() => import('../features/policy/PolicyPage'));
const PeoplePage = lazy(() => import('../features/people/PeoplePage'));
const PersonPage = lazy(() => import('../features/person/PersonPage'));
const TeamsPage = lazy(() => import('../features/teams/TeamsPage'));
const TeamPage = lazy(() => import('../features/team/TeamPage'));
const PayPage = lazy(() => import('../features/pay/PayPage'));
const AuditPage = lazy(() => import('../features/audit/AuditPage'));
const RulesPage = lazy(() => import('../features/rules/RulesPage'));
const WelcomePage = lazy(() => import('../features/welcome/WelcomePage'));
const WebhooksPage = lazy(() => import('../features/webhooks/WebhooksPage'));
const AccountPage = lazy(() => import('../features/account/AccountPage'));
const SystemPage = lazy(() => import('../features/system/SystemPage'));

export const client = new QueryClient({
  defaultOptions: {
    // The service worker answers where the network does not: nothing waits for the browser to say that it is online.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // Refusals stay refusals; only what may pass by itself is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

export function App() {
  useEffect(() => startLive(client), []);
  return (
    <MantineProvider theme={theme} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Toasts />
        <BrowserRouter>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<IncidentsPage />} />
              <Route path="incidents/:number" element={<IncidentPage />} />
              <Route path="oncall" element={<OnCallPage />} />
              <Route path="schedules" element={<SchedulesPage />} />
              <Route path="schedules/:name" element={<SchedulePage />} />
              <Route path="me" element={<MePage />} />
              <Route path="integrations" element={<IntegrationsPage />} />
              <Route path="services" element={<ServicesPage />} />
              <Route path="services/:name" element={<ServicePage />} />
              <Route path="policies" element={<PoliciesPage />} />
              <Route path="policies/:name" element={<PolicyPage />} />
              <Route path="people" element={<PeoplePage />} />
              <Route path="people/:login" element={<PersonPage />} />
              <Route path="teams" element={<TeamsPage />} />
              <Route path="teams/:name" element={<TeamPage />} />
              <Route path="pay" element={<PayPage />} />
              <Route path="audit" element={<AuditPage />} />
              <Route path="rules" element={<RulesPage />} />
              <Route path="welcome" element={<WelcomePage />} />
              <Route path="webhooks" element={<WebhooksPage />} />
              <Route path="account" element={<AccountPage />} />
              <Route path="system" element={<SystemPage />} />
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
