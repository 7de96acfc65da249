/* plan/check/page-query.ts -- a page of the file as it looks, with its size. */
import { queryOptions } from '@tanstack/react-query';
import { guardedFetch } from '../../api/client';
import { Problem } from '../../api/problem';

export interface PagePicture {
  picture: Blob;
  /** In points, as the boxes of places are. */
  width: number;
  height: number;
  /** Of the whole file. */
  count: number;
}

export function pageQuery(version: number, page: number, width: number) {
  return queryOptions({
    queryKey: ['page', version, page, width],
    queryFn: async ({ signal }): Promise<PagePicture> => {
      const url = new URL(`/api/v1/versions/${version}/pages/${page}?width=${width}`, location.href);
      const reply = await guardedFetch(new Request(url, { signal }));
      const [w = 0, h = 0] = (reply.headers.get('X-Page-Size') ?? '').split(' ').map(Number);
      if (!(w > 0 && h > 0)) throw new Problem('not_ours');
      return { picture: await reply.blob(), width: w, height: h, count: Number(reply.headers.get('X-Page-Count')) };
    },
    staleTime: Infinity,
    // the server draws few pages at once: it is free again in a moment
    retry: (count, error) => error instanceof Problem && error.mayPass && count < (error.code === 'too_many' ? 6 : 2),
  });
}
