/* shell/app.tsx -- what every page stands in: words, theme, queries, keys, routes. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { sessionQuery } from '../api/calls';
import { Problem } from '../api/problem';
import { KeysProvider } from '../kit/keys';
import { useWords, WordsProvider } from '../words/lang';
import { makeRouter } from './routes';
import { theme } from './theme';

function makeQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && error instanceof Problem && error.mayPass,
      },
      mutations: { networkMode: 'always' },
    },
  });
  // asked for while the page's own code is still on its way; what goes wrong is said where the session is used
  queries.query(sessionQuery).catch(() => undefined);
  return queries;
}

function Localised() {
  const { lang } = useWords();
  const [router] = useState(makeRouter);
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zh : en}
      theme={theme}
      componentSize="middle"
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false}>
        <KeysProvider>
          <RouterProvider router={router} />
        </KeysProvider>
      </AntApp>
    </ConfigProvider>
  );
}

export function App() {
  const [queries] = useState(makeQueries);
  return (
    <QueryClientProvider client={queries}>
      <WordsProvider>
        <Localised />
      </WordsProvider>
    </QueryClientProvider>
  );
}
