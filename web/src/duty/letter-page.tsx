/*
 * duty/letter-page.tsx -- a return as an official letter (函) on A4: printed, sealed, sent on paper.
 *
 * Its foot bears a code, as QR and in characters, by which the scan of the sealed page is known
 * again in the intake.
 */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { api, data } from '../api/client';
import type { Report, ReportRow, ReturnCode } from '../api/types';
import { periodWords } from '../kit/period';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { squares } from './qr';
import { returnQuery } from './return-query';
import './letter.css';

const QUIET = 4; // modules of white round a code

function codeQuery(id: number) {
  return queryOptions({
    queryKey: ['return', id, 'code'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/returns/{return}/code', { params: { path: { return: id } }, signal })),
    staleTime: Infinity,
  });
}

function Code({ code }: { code: ReturnCode }) {
  const { t } = useWords();
  const size = code.modules.length + 2 * QUIET;
  return (
    <figure className="xj-letter-code">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('letter.qr')} shapeRendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={squares(code.modules, QUIET)} fill="#000" />
      </svg>
      <figcaption>{code.code}</figcaption>
    </figure>
  );
}

function Row({ row, n }: { row: ReportRow; n: number }) {
  const { t } = useWords();
  const figures = row.figures.flatMap((f) => (f.value === null ? [] : [`${f.indicator} ${formatNumber(f.value)}${f.measure}${t('letter.span', { span: t(`return.span.${f.span ?? 'to_date'}`) })}`]));
  const more = [
    row.difficulties ? `${t('return.difficulties')}${t('list.colon')}${row.difficulties}` : '',
    row.next_step ? `${t('return.nextStep')}${t('list.colon')}${row.next_step}` : '',
  ].filter(Boolean);
  return (
    <tr>
      <td className="xj-letter-no">{n}</td>
      <td>{row.title}</td>
      <td>
        {row.text || t('return.nothing')}
        {figures.map((figure) => <div key={figure}>{figure}</div>)}
        {more.map((line) => <div key={line}>{line}</div>)}
      </td>
      <td className="xj-letter-no">{row.percent === null ? '' : `${row.percent}%`}</td>
    </tr>
  );
}

function Letter({ report, code }: { report: Report; code: ReturnCode }) {
  const w = useWords();
  const { t, date } = w;
  const { head, rows } = report;
  const period = periodWords(w, head.period);
  return (
    <article className="xj-letter" lang="zh">
      <p className="xj-letter-unit">{head.unit.name}</p>
      <h1>{t('letter.title', { period })}</h1>
      <p className="xj-letter-to">{t('letter.to')}</p>
      <p className="xj-letter-body">{t('letter.body', { period, n: rows.length })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col" className="xj-letter-no">{t('letter.no')}</th>
            <th scope="col">{t('letter.task')}</th>
            <th scope="col">{t('letter.progress')}</th>
            <th scope="col" className="xj-letter-no">{t('letter.percent')}</th>
          </tr>
        </thead>
        <tbody>{rows.map((row, i) => <Row key={row.duty} row={row} n={i + 1} />)}</tbody>
      </table>
      <div className="xj-letter-foot">
        <Code code={code} />
        <div className="xj-letter-sign">
          <p>{head.unit.name}</p>
          <p>{date(head.sent_on ?? today())}</p>
          <p className="xj-faint">{t('letter.seal')}</p>
        </div>
      </div>
      {report.signatures.length > 0 ? <p className="xj-letter-signed">{t('letter.signedBy', { names: report.signatures.map((s) => s.name).filter((name, i, all) => all.indexOf(name) === i).join(t('list.comma')) })}</p> : null}
    </article>
  );
}

export function LetterPage() {
  const w = useWords();
  const { t } = w;
  const id = Number(useParams().return) || 0;
  const report = useQuery(returnQuery(id));
  const code = useQuery(codeQuery(id));
  useTitle(report.data ? t('letter.title', { period: periodWords(w, report.data.head.period) }) : t('letter.make'));
  return (
    <section className="xj-page xj-letter-page">
      <p className="xj-crumb xj-no-print">
        <Link to={`/returns/${id}`}>← {t('letter.back')}</Link>
      </p>
      <p className="xj-acts xj-no-print">
        <Button type="primary" disabled={!report.data || !code.data} onClick={() => { window.print(); }}>{t('return.print')}</Button>
        <span className="xj-faint">{t('letter.what')}</span>
      </p>
      <Answer query={report}>{(found) => <Answer query={code}>{(mark) => <Letter report={found} code={mark} />}</Answer>}</Answer>
    </section>
  );
}
