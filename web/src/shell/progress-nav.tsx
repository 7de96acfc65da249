/* shell/progress-nav.tsx -- the pages that show how the work goes, behind one entry of the header. */
import { Dropdown } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { useRights } from '../kit/rights';
import { useWords } from '../words/lang';

const PAGES = [
  { path: '/office', says: 'nav.office', right: 'programme.watch' },
  { path: '/overview', says: 'nav.overview', right: 'programme.watch' },
  { path: '/duties', says: 'nav.duties', right: 'duty.read' },
  { path: '/actions', says: 'nav.actions', right: 'duty.read' },
  { path: '/calendar', says: 'nav.calendar', right: 'duty.read' },
  { path: '/burden', says: 'nav.burden', right: 'programme.watch' },
] as const;

/** KEPT is the part of the address that each of them keeps. */
export function ProgressNav({ kept }: { kept: string }) {
  const { t } = useWords();
  const right = useRights();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const pages = PAGES.filter((page) => right(page.right));
  const at = pages.find((page) => pathname === page.path || pathname.startsWith(`${page.path}/`));
  if (pages.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectedKeys: at ? [at.path] : [],
        items: pages.map((page) => ({ key: page.path, label: t(page.says) })),
        onClick: ({ key }) => { void navigate(`${key}${kept}`); },
      }}
    >
      <button type="button" className={at ? 'xj-nav-group active' : 'xj-nav-group'} aria-haspopup="menu">
        {t(at ? at.says : 'nav.progress')}
      </button>
    </Dropdown>
  );
}
