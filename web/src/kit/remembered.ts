/* kit/remembered.ts -- a choice that this browser remembers for each person who signs in. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sessionQuery } from '../api/calls';

const PREFIX = 'xingjian.choice.';

function load(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Which of CHOICES the person took last time for NAME, else the first; and how to take another. */
export function useRemembered<T extends string>(name: string, choices: readonly [T, ...T[]]): [T, (choice: T) => void] {
  const session = useQuery(sessionQuery);
  const key = `${name}.${session.data?.person.id ?? ''}`;
  const [taken, setTaken] = useState<{ key: string; choice: T } | null>(null);
  const kept = taken?.key === key ? taken.choice : load(key);
  return [
    choices.find((choice) => choice === kept) ?? choices[0],
    (choice) => {
      setTaken({ key, choice });
      try {
        localStorage.setItem(PREFIX + key, choice);
      } catch {
        // then it lives as long as the page
      }
    },
  ];
}
