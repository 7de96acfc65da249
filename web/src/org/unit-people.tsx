/* org/unit-people.tsx -- who works at a unit today. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Unit } from '../api/types';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { peopleOfUnitQuery } from './unit-query';

export function UnitPeople({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const people = useQuery(peopleOfUnitQuery(unit.id));
  return (
    <Answer query={people}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('unit.nobody')}>
            <Link to="/people">{t('unit.toPeople')}</Link>
          </Empty>
        ) : (
          <div className="xj-tab-body">
            <table className="xj-table">
              <thead>
                <tr>
                  <th scope="col">{t('person.name')}</th>
                  <th scope="col">{t('post.role')}</th>
                  <th scope="col">{t('person.phone')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((p) => (
                  <tr key={p.id}>
                    <td>
                      <Link to={`/people/${p.id}`}>{p.display_name}</Link>
                    </td>
                    <td>{p.posts.filter((post) => post.unit?.id === unit.id).map((post) => t(`post.role.${post.role}`)).join(t('list.comma'))}</td>
                    <td>{p.phone ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Answer>
  );
}
