/* kit/problem-note.tsx -- a Problem in people's words: what happened, and what to do about it. */
import { Alert, Button } from 'antd';
import { asProblem, type Problem } from '../api/problem';
import { useWords, type Words } from '../words/lang';

/** What happened and what to do, in the words of W's language. */
export function problemWords(w: Words, problem: Problem): { title: string; advice: string } {
  return { title: w.t(`problem.${problem.code}.title`), advice: w.t(`problem.${problem.code}.advice`) };
}

export function ProblemNote(props: { error: unknown; onRetry?: () => void; title?: string }) {
  const w = useWords();
  const problem = asProblem(props.error);
  const { title, advice } = problemWords(w, problem);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={props.title ?? title}
      description={
        <>
          {props.title ? <p>{title}</p> : null}
          <p>{advice}</p>
          {problem.fields.length > 0 ? (
            <ul>
              {problem.fields.map((field) => (
                <li key={field.at}>
                  {field.at}: {field.message}
                </li>
              ))}
            </ul>
          ) : null}
          {problem.requestId ? <p className="xj-faint">{w.t('problem.request', { id: problem.requestId })}</p> : null}
        </>
      }
      action={
        props.onRetry ? (
          <Button size="small" onClick={props.onRetry}>
            {w.t('act.retry')}
          </Button>
        ) : undefined
      }
    />
  );
}
