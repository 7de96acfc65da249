/* duty/lines-table.tsx -- actions or units with their counts of lights, the worst first. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { LightMark, LIGHTS } from '../kit/light';
import { Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { worstFirst, type LineOfLights } from './lights-of';
import { actionName } from './parts';

interface Props {
  title: string;
  lines: readonly LineOfLights[];
  path: (id: number) => string;
  /** How many are shown until more are asked for. */
  first?: number;
}

export function LinesTable({ title, lines, path, first = 8 }: Props) {
  const w = useWords();
  const { t } = w;
  const [all, setAll] = useState(false);
  const sorted = worstFirst(lines);
  return (
    <section className="xj-overview-box">
      <h2>{title}</h2>
      <Wide label={title}>
        <table className="xj-overview-lines">
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {LIGHTS.map((light) => <th key={light} scope="col" className="xj-right"><LightMark light={light} word={false} /></th>)}
            </tr>
          </thead>
          <tbody>
            {(all ? sorted : sorted.slice(0, first)).map((line) => (
              <tr key={line.id}>
                <td><LightMark light={line.light} word={false} /> <Link to={path(line.id)}>{actionName(w, line.name)}</Link></td>
                {LIGHTS.map((light) => <td key={light} className="xj-right">{line.counts[light] || ''}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {!all && sorted.length > first ? <Button size="small" className="xj-no-print" onClick={() => { setAll(true); }}>{t('overview.all', { n: sorted.length })}</Button> : null}
    </section>
  );
}
