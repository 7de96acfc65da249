/* shell/routes.tsx -- every address of the workbench; each page is loaded when it is first opened. */
import { createBrowserRouter } from 'react-router';
import { Loading } from '../kit/states';
import { Frame } from './frame';
import { Home } from './home';
import { NotFound, PageError } from './not-found';

export function makeRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      element: <Frame />,
      errorElement: <PageError />,
      hydrateFallbackElement: <Loading />,
      children: [
        {
          errorElement: <PageError />,
          children: [
            { index: true, element: <Home /> },
            {
              path: 'documents',
              lazy: async () => ({ Component: (await import('../plan/documents-page')).DocumentsPage }),
            },
            {
              path: 'documents/:document',
              lazy: async () => ({ Component: (await import('../plan/document-page')).DocumentPage }),
            },
            { path: 'documents/:document/settle', lazy: async () => ({ Component: (await import('../duty/settle-page')).SettlePage }) },
            { path: 'tasks', lazy: async () => ({ Component: (await import('../plan/tasks-page')).TasksPage }) },
            { path: 'tasks/:task', lazy: async () => ({ Component: (await import('../plan/task-page')).TaskPage }) },
            { path: 'search', lazy: async () => ({ Component: (await import('../search/search-page')).SearchPage }) },
            { path: 'versions/:version/check', lazy: async () => ({ Component: (await import('../plan/check/check-page')).CheckPage }) },
            { path: 'memory', lazy: async () => ({ Component: (await import('../plan/check/memory-page')).MemoryPage }) },
            { path: 'office', lazy: async () => ({ Component: (await import('../duty/office-page')).OfficePage }) },
            { path: 'rules', lazy: async () => ({ Component: (await import('../duty/rules-page')).RulesPage }) },
            { path: 'backfill', lazy: async () => ({ Component: (await import('../duty/backfill-page')).BackfillPage }) },
            { path: 'overview', lazy: async () => ({ Component: (await import('../duty/overview-page')).OverviewPage }) },
            { path: 'actions', lazy: async () => ({ Component: (await import('../duty/actions-page')).ActionsPage }) },
            { path: 'actions/:action', lazy: async () => ({ Component: (await import('../duty/action-page')).ActionPage }) },
            { path: 'calendar', lazy: async () => ({ Component: (await import('../duty/calendar-page')).CalendarPage }) },
            { path: 'burden', lazy: async () => ({ Component: (await import('../duty/burden-page')).BurdenPage }) },
            { path: 'duties', lazy: async () => ({ Component: (await import('../duty/duties-page')).DutiesPage }) },
            { path: 'duties/:duty', lazy: async () => ({ Component: (await import('../duty/duty-page')).DutyPage }) },
            { path: 'owed', lazy: async () => ({ Component: (await import('../duty/owed-page')).OwedPage }) },
            { path: 'summaries', lazy: async () => ({ Component: (await import('../summary/summaries-page')).SummariesPage }) },
            { path: 'summaries/:summary', lazy: async () => ({ Component: (await import('../summary/summary-page')).SummaryPage }) },
            { path: 'intake', lazy: async () => ({ Component: (await import('../duty/intake-page')).IntakePage }) },
            { path: 'inspections', lazy: async () => ({ Component: (await import('../inspect/inspections-page')).InspectionsPage }) },
            { path: 'inspections/:inspection', lazy: async () => ({ Component: (await import('../inspect/inspection-page')).InspectionPage }) },
            { path: 'visits/:visit', lazy: async () => ({ Component: (await import('../inspect/visit-page')).VisitPage }) },
            { path: 'findings/:finding', lazy: async () => ({ Component: (await import('../inspect/finding-page')).FindingPage }) },
            { path: 'circulars/:circular', lazy: async () => ({ Component: (await import('../inspect/circular-page')).CircularPage }) },
            { path: 'returns/:return/letter', lazy: async () => ({ Component: (await import('../duty/letter-page')).LetterPage }) },
            { path: 'returns/:return', lazy: async () => ({ Component: (await import('../duty/return-page')).ReturnPage }) },
            { path: 'units', lazy: async () => ({ Component: (await import('../org/units-page')).UnitsPage }) },
            { path: 'units/aliases', lazy: async () => ({ Component: (await import('../org/aliases-page')).AliasesPage }) },
            { path: 'units/bodies', lazy: async () => ({ Component: (await import('../org/bodies-page')).BodiesPage }) },
            { path: 'units/import', lazy: async () => ({ Component: (await import('../org/import-page')).ImportPage }) },
            { path: 'units/areas', lazy: async () => ({ Component: (await import('../org/areas-page')).AreasPage }) },
            { path: 'units/:unit', lazy: async () => ({ Component: (await import('../org/unit-page')).UnitPage }) },
            { path: 'units/:unit/sheet', lazy: async () => ({ Component: (await import('../org/sheet-page')).SheetPage }) },
            { path: 'people', lazy: async () => ({ Component: (await import('../org/people-page')).PeoplePage }) },
            { path: 'people/:person', lazy: async () => ({ Component: (await import('../org/person-page')).PersonPage }) },
            { path: 'account', lazy: async () => ({ Component: (await import('../org/account-page')).AccountPage }) },
            { path: 'county-links', lazy: async () => ({ Component: (await import('../county/links-page')).LinksPage }) },
            { path: 'assignments', lazy: async () => ({ Component: (await import('../county/assignments-page')).AssignmentsPage }) },
            { path: 'notices', lazy: async () => ({ Component: (await import('../notice/notices-page')).NoticesPage }) },
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ]);
}
