/* shell/nav-group.tsx -- pages that belong together, behind one entry of the header. */
import { useQuery } from '@tanstack/react-query';
import { Dropdown } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { countyLinksQuery } from '../api/calls';
import { useRights } from '../kit/rights';
import { useWords } from '../words/lang';
import type { Key } from '../words/words';

interface NavPage {
  path: string;
  says: Key;
  right: string;
  /** Only where the jurisdiction has been linked with one above it. */
  below?: boolean;
}

interface Group {
  says: Key;
  pages: readonly NavPage[];
}

/** How the work goes. */
export const PROGRESS: Group = {
  says: 'nav.progress',
  pages: [
    { path: '/office', says: 'nav.office', right: 'programme.watch' },
    { path: '/overview', says: 'nav.overview', right: 'programme.watch' },
    { path: '/duties', says: 'nav.duties', right: 'duty.read' },
    { path: '/assignments', says: 'nav.assignments', right: 'programme.watch', below: true },
    { path: '/actions', says: 'nav.actions', right: 'duty.read' },
    { path: '/calendar', says: 'nav.calendar', right: 'duty.read' },
    { path: '/summaries', says: 'nav.summaries', right: 'duty.read' },
    { path: '/burden', says: 'nav.burden', right: 'programme.watch' },
    { path: '/rules', says: 'nav.rules', right: 'duty.read' },
  ],
};

/** Who is in it. */
export const DIRECTORY: Group = {
  says: 'nav.directory',
  pages: [
    { path: '/units', says: 'nav.units', right: 'unit.read' },
    { path: '/people', says: 'nav.people', right: 'people.read' },
    { path: '/county-links', says: 'nav.countyLinks', right: 'link.read' },
  ],
};

/** The pages of GROUP that one may see; the entry is called by the one that is open.  KEPT is the part of the address that stays. */
export function NavGroup({ group, kept = '' }: { group: Group; kept?: string }) {
  const { t } = useWords();
  const right = useRights();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const links = useQuery({ ...countyLinksQuery, enabled: right('link.read') !== null });
  const below = links.data?.some((link) => link.side === 'county' && link.linked_on !== null) ?? false;
  const seen = group.pages.filter((page) => right(page.right) && (!page.below || below));
  const at = seen.find((page) => pathname === page.path || pathname.startsWith(`${page.path}/`));
  if (seen.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectedKeys: at ? [at.path] : [],
        items: seen.map((page) => ({ key: page.path, label: t(page.says) })),
        onClick: ({ key }) => { void navigate(`${key}${kept}`); },
      }}
    >
      <button type="button" className={at ? 'xj-nav-group active' : 'xj-nav-group'} aria-haspopup="menu">
        {t(at ? at.says : group.says)}
      </button>
    </Dropdown>
  );
}
