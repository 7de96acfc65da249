/* inspect/visit-fields.tsx -- the fields of a visit's record: checklist, findings, summary. */
import { App, Button, Input, Radio } from 'antd';
import { useEffect, useId, useMemo, useRef } from 'react';
import type { FindingGrade, Visit } from '../api/types';
import { useWords } from '../words/lang';
import { smallPicture } from './picture';
import { emptyFound, type AnswerWord, type FoundDraft, type VisitDraft } from './visit-draft';

interface Props {
  draft: VisitDraft;
  change: (part: Partial<VisitDraft>) => void;
}

const ANSWERS = ['good', 'problem', 'not_applicable'] as const;
const GRADES: readonly FindingGrade[] = ['general', 'notable', 'serious'];
const PICTURES = 9;

export function CheckList({ visit, draft, change }: Props & { visit: Visit }) {
  const { t } = useWords();
  const set = (id: number, part: Partial<{ answer: AnswerWord; note: string }>): void => {
    const said = draft.answers[id] ?? { answer: '' as const, note: '' };
    change({ answers: { ...draft.answers, [id]: { ...said, ...part } } });
  };
  return (
    <>
      {visit.items.map((item) => {
        const said = draft.answers[item.id] ?? { answer: '', note: '' };
        return (
          <div key={item.id} className="xj-check-item" role="group" aria-label={item.words}>
            <strong>{item.words}</strong>
            <Radio.Group
              optionType="button"
              aria-label={t('inspect.answerTo', { words: item.words })}
              value={said.answer}
              options={ANSWERS.map((answer) => ({ value: answer, label: t(`inspect.answer.${answer}`) }))}
              onChange={(event) => { set(item.id, { answer: event.target.value as AnswerWord }); }}
            />
            <Input.TextArea
              aria-label={t('inspect.noteTo', { words: item.words })}
              placeholder={t('inspect.noteHere')}
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={5000}
              value={said.note}
              onChange={(event) => { set(item.id, { note: event.target.value }); }}
            />
          </div>
        );
      })}
    </>
  );
}

function Picture({ picture, label }: { picture: Blob; label: string }) {
  const url = useMemo(() => URL.createObjectURL(picture), [picture]);
  useEffect(() => () => { URL.revokeObjectURL(url); }, [url]);
  return <img src={url} alt={label} />;
}

function Pictures({ found, set }: { found: FoundDraft; set: (part: Partial<FoundDraft>) => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const add = async (files: FileList | null): Promise<void> => {
    const room = PICTURES - found.pictures.length;
    try {
      const more = await Promise.all([...(files ?? [])].slice(0, room).map(smallPicture));
      set({ pictures: [...found.pictures, ...more] });
    } catch {
      message.error(t('inspect.noPicture'));
    }
  };
  return (
    <>
      <ul className="xj-pictures" aria-label={t('inspect.pictures')}>
        {found.pictures.map((picture, i) => (
          <li key={i}>
            <Picture picture={picture} label={t('inspect.picture', { n: i + 1 })} />
            <Button size="small" type="text" onClick={() => { set({ pictures: found.pictures.filter((_, at) => at !== i) }); }}>
              {t('inspect.dropPicture', { n: i + 1 })}
            </Button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('inspect.addPicture')}
        onChange={(event) => { void add(event.target.files).then(() => { if (input.current) input.current.value = ''; }); }}
      />
      <Button size="small" disabled={found.pictures.length >= PICTURES} onClick={() => input.current?.click()}>{t('inspect.addPicture')}</Button>
    </>
  );
}

/** Where one stands, asked of the device; only where it can tell (a page over https). */
function Position({ found, set }: { found: FoundDraft; set: (part: Partial<FoundDraft>) => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  if (!isSecureContext) return null;
  if (found.position) {
    return (
      <Button size="small" onClick={() => { set({ position: null }); }}>
        {t('inspect.dropPosition', { lat: found.position.latitude.toFixed(5), lon: found.position.longitude.toFixed(5) })}
      </Button>
    );
  }
  return (
    <Button
      size="small"
      onClick={() => {
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => { set({ position: { latitude: coords.latitude, longitude: coords.longitude } }); },
          () => { message.error(t('inspect.noPosition')); },
        );
      }}
    >
      {t('inspect.addPosition')}
    </Button>
  );
}

function FoundFields({ n, found, set, drop }: { n: number; found: FoundDraft; set: (part: Partial<FoundDraft>) => void; drop: () => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="xj-found-item" role="group" aria-label={t('inspect.findingNo', { n })}>
      <div className="xj-fields">
        <label htmlFor={`${id}w`}>{t('inspect.findingNo', { n })}</label>
        <Input.TextArea id={`${id}w`} autoSize={{ minRows: 2, maxRows: 10 }} maxLength={5000} value={found.words} onChange={(event) => { set({ words: event.target.value }); }} />
      </div>
      <Radio.Group
        optionType="button"
        aria-label={t('inspect.gradeOf', { n })}
        value={found.grade}
        options={GRADES.map((grade) => ({ value: grade, label: t(`inspect.grade.${grade}`) }))}
        onChange={(event) => { set({ grade: event.target.value as FindingGrade }); }}
      />
      <div className="xj-fields">
        <label htmlFor={`${id}p`}>{t('inspect.place')}</label>
        <Input id={`${id}p`} maxLength={200} value={found.place} onChange={(event) => { set({ place: event.target.value }); }} />
      </div>
      <Pictures found={found} set={set} />
      <div className="xj-inspect-bar">
        <Position found={found} set={set} />
        <Button size="small" onClick={drop}>{t('inspect.dropFinding', { n })}</Button>
      </div>
    </div>
  );
}

export function FoundList({ draft, change }: Props) {
  const { t } = useWords();
  const set = (at: number, part: Partial<FoundDraft>): void => {
    change({ findings: draft.findings.map((found, i) => (i === at ? { ...found, ...part } : found)) });
  };
  return (
    <>
      {draft.findings.map((found, i) => (
        <FoundFields
          key={i}
          n={i + 1}
          found={found}
          set={(part) => { set(i, part); }}
          drop={() => { change({ findings: draft.findings.filter((_, at) => at !== i) }); }}
        />
      ))}
      <Button onClick={() => { change({ findings: [...draft.findings, emptyFound()] }); }}>{t('inspect.addFinding')}</Button>
    </>
  );
}

export function Summary({ draft, change }: Props) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="xj-fields">
      <label htmlFor={id}>{t('inspect.summary')}</label>
      <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 10 }} maxLength={10000} value={draft.summary} onChange={(event) => { change({ summary: event.target.value }); }} />
    </div>
  );
}
